import Chemometrics
import Explanations
import GraphExecution
import SpectralLearning
import TensorCore

/// Maps of spectra for one target.
struct SampleMaps: Sendable {
  /// One map per spectrum.
  var maps: [[Double]]

  /// Which of the data's spectra they are of.
  var samples: [Int]

  /// Whether each map already says what sets its spectrum apart from the other classes, as those from
  /// the mean of these do.
  var areContrasts = false
}

/// Maps that a method makes of a trained network.
struct NetworkMaps {
  /// The maps for every target, in the order of the targets.
  let values: [SampleMaps]

  /// The layer that they were made at; nil for the input.
  let layer: String?

  /// How far beside its place a number of the maps may look, in points: half of what a unit of the
  /// layer sees; 0 at the input.
  let reach: Double

  /// Explains prepared spectra.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - method: How.
  ///   - targets: The classes, or the quantity.
  ///   - part: The spectra.
  ///   - ofOwnClass: Whether spectra are explained for their own class only, which costs less.
  /// - Throws: What explaining throws.
  init(
    _ model: Model, method: ExplanationMethod, _ targets: [EvidenceTarget], _ part: StudiedPart,
    ofOwnClass: Bool
  ) throws {
    let labels = part.data.labels
    let chosen = try ChosenMethod(method)
    let isOwn = labels != nil && (ofOwnClass || chosen.comparesInputs)
    let plan = try ExplanationPlan(
      model, methods: [chosen], targets: isOwn ? [.contrasted(.given)] : targets.map(\.target),
      background: part.background)
    let explainer = Explainer(model, plan, lane: part.lane)
    let inputs = part.rows.map { Tensor(shape: [1, $0.count], elements: $0) }
    let classes = labels.map { labels in part.samples.map { labels.indices[$0] } } ?? []
    let found = try explainer.explain(inputs, classes: isOwn ? classes : [])
    values = targets.indices.map { index in
      let places = found.indices.filter { !isOwn || classes[$0] == targets[index].classIndex }
      return SampleMaps(
        maps: places.map {
          found[$0].explanations[isOwn ? 0 : index].aligned.elements.map(Double.init)
        },
        samples: places.map { part.samples[$0] },
        areContrasts: isOwn && chosen.comparesInputs)
    }
    let place = found.first?.explanations.first?.layer
    layer = place?.name
    let field = place?.receptiveFields(over: model.inputs[0])?.first
    reach = field.map { ($0.size - 1) / 2 } ?? 0
  }
}

/// Spectra that a network is explained for.
struct StudiedPart {
  let data: StudyData

  /// The spectra, prepared.
  let rows: Matrix<Float>

  /// Which of the data's spectra they are.
  let samples: [Int]

  /// What they are compared with.
  let background: Background

  /// Where maps are computed.
  var lane = ExecutionLane.shared
}
