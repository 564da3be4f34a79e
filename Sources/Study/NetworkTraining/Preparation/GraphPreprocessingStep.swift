import GraphIR
import SpectralData

/// A step of preprocessing that can be computed in a graph, and so become part of a network's file.
protocol GraphPreprocessingStep: FittedPreprocessingStep {
  /// Whether these settings have such a form.
  var hasGraphForm: Bool { get }

  /// The step as nodes of a graph.
  ///
  /// - Parameters:
  ///   - spectra: `[samples, 1, points]`.
  ///   - axis: The positions of the points.
  /// - Returns: `[samples, 1, points]`, as many as `axis(after: axis)` has.
  /// - Throws: `SpectrumError` when the step cannot be applied on this axis.
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value
}

extension GraphPreprocessingStep {
  /// True, unless a step says otherwise.
  var hasGraphForm: Bool { true }
}
