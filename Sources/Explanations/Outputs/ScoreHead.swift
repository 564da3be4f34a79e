import GraphIR
import GraphRewriting
import ONNXFormat
import TensorCore

/// How the raw scores of an output are found in a network, for any number of samples.
struct ScoreHead: Hashable, Sendable {
  /// The name of the output.
  let output: String

  /// Which of its axes counts what.
  let layout: OutputLayout

  /// Which indices along the axis of the classes are classes; nil for all.
  let classes: Range<Int>?

  /// The output without what stands beside its classes, and the raw scores behind that, if there are
  /// any.
  func parts(of output: Value) -> (output: Value, raw: RawScores?) {
    var part = output
    if let classes, let axis = layout.classes {
      part = output.part(axis, start: classes.lowerBound, count: classes.count)
    }
    return (part, part.rawScores)
  }

  /// The network with nothing but the raw scores as its output, `[samples, classes, positions…]`.
  ///
  /// - Throws: `ExplanationError` when the output is not there; `GraphError`.
  func applied(to imported: ImportedModel, samples: Int) throws -> ImportedModel {
    guard let output = imported.graph.outputs.first(where: { $0.name == self.output }) else {
      throw ExplanationError(.unsuitableModel, "there is no output \(self.output)")
    }
    let builder = GraphBuilder(imported.graph)
    let (part, raw) = parts(of: builder.value(output.value))
    builder.removeOutputs()
    builder.output(output.name, layout.canonical(raw?.value ?? part, samples: samples))
    return ImportedModel(
      graph: try builder.finish(), layers: imported.layers, values: imported.values)
  }
}
