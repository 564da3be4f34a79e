import Chemometrics
import Explanations
import GraphExecution
import NetworkTraining
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

  /// How many batches of explanations are in memory at once; of the others only the maps.
  private static let batchesAtOnce = 8

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
    let classes = labels.map { labels in part.samples.map { labels.indices[$0] } } ?? []
    var values = targets.map { _ in SampleMaps(maps: [], samples: []) }
    var place: Layer?
    for range in part.rows.indices.parts(of: Self.batchesAtOnce * explainer.preferredBatch) {
      let inputs = range.map { row in
        Tensor(shape: [1, part.rows.columnCount], elements: part.rows[row])
      }
      let found = try explainer.explain(inputs, classes: isOwn ? Array(classes[range]) : [])
      place = place ?? found.first?.explanations.first?.layer
      for (index, target) in targets.enumerated() {
        for (row, explained) in zip(range, found)
        where !isOwn || classes[row] == target.classIndex {
          values[index].maps.append(
            explained.explanations[isOwn ? 0 : index].aligned.elements.map(Double.init))
          values[index].samples.append(part.samples[row])
        }
      }
    }
    for index in values.indices { values[index].areContrasts = isOwn && chosen.comparesInputs }
    self.values = values
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
