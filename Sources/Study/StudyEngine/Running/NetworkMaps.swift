import Explanations
import SpectralLearning
import TensorCore

/// Maps that methods make of a trained network.
struct NetworkMaps {
  /// One map per sample for every target, in the order of the targets.
  let values: [[[Double]]]

  /// The layer that they were made at; nil for the input.
  let layer: String?

  /// Explains prepared spectra.
  init(
    _ model: Model, method: ExplanationMethod, _ targets: [EvidenceTarget], rows: Matrix<Float>
  ) throws {
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod(method)], targets: targets.map(\.target))
    let explainer = Explainer(model, plan)
    let inputs = rows.map { Tensor(shape: [1, $0.count], elements: $0) }
    let samples = try explainer.explain(inputs)
    values = targets.indices.map { target in
      samples.map { sample in sample.explanations[target].aligned.elements.map(Double.init) }
    }
    layer = samples.first?.explanations.first?.layer?.name
  }
}
