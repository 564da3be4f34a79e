package import GraphIR
package import SpectralData
import TensorCore

extension FittedPreprocessingPipeline {
  /// The ids of the steps that have no form in a graph, so that spectra must be prepared before a network
  /// of any file sees them.
  package var stepsWithoutGraph: [String] {
    steps.compactMap { step in
      (step as? any GraphPreprocessingStep)?.hasGraphForm == true ? nil : type(of: step).stepID
    }
  }

  /// The steps as a graph from spectra as they were measured to prepared ones.
  ///
  /// Numbers are 32-bit floating point, where `apply(to:on:)` computes with 64 bits; sums are taken of
  /// differences, so that results agree to about 10⁻⁵ of their size where steps round nothing between
  /// them. A spectrum that a step refuses, such
  /// as one without any slope in `msc`, gives numbers that are not finite.
  ///
  /// - Parameters:
  ///   - axis: The positions of the spectra as they were measured.
  ///   - samples: The number of spectra.
  ///   - input: The name of the input, `[samples, 1, points]`.
  ///   - output: The name of the output, `[samples, 1, prepared points]`.
  /// - Returns: The graph; nil where a step has no such form.
  /// - Throws: `SpectrumError` when a step cannot be applied on the axis; `GraphError`.
  package func graph(
    on axis: SpectralAxis, samples: Int, input: String, output: String
  ) throws -> Graph? {
    guard stepsWithoutGraph.isEmpty else { return nil }
    let builder = GraphBuilder()
    var spectra = builder.input(input, shape: [samples, 1, axis.count])
    var axis = axis
    for case let step as any GraphPreprocessingStep in steps {
      spectra = try step.prepared(spectra, on: axis)
      axis = try step.axis(after: axis)
    }
    builder.name(spectra, output)
    builder.output(output, spectra)
    return try builder.finish()
  }
}
