import Catalogs
import TensorCore

/// What is written beside the arrays of an explanation, so that it can be read and repeated.
public struct ExplanationManifest: Codable, Hashable, Sendable {
  /// The layer whose grid a map is on.
  public struct LayerEntry: Codable, Hashable, Sendable {
    /// The name of the value in the file of the network.
    public let name: String

    /// The operator that computes it.
    public let operatorType: String

    /// The shape of one sample, `[channels, positions…]`.
    public let shape: [Int]

    /// Where the grid lies over the input, one entry per axis of positions.
    public let receptiveField: [ReceptiveField]?
  }

  /// The id of the method.
  public let method: String

  /// Its settings, defaults included.
  public let settings: [String: String]

  /// The layer; nil for the input.
  public let layer: LayerEntry?

  /// What is explained, as a reader understands it.
  public let target: String

  /// The name of the output it is a part of.
  public let output: String

  /// The positions of the output that are explained; nil where it has none.
  public let positions: ExplainedPositions?

  /// The index of the explained class, when it is one.
  public let classIndex: Int?

  /// Its label.
  public let classLabel: String?

  /// The explained value.
  public let explainedScore: Float

  /// Whether that is a logit or a probability.
  public let scoreForm: ScoreForm

  /// The probability of the explained class, where the network has one.
  public let probability: Float?

  /// The five highest scores.
  public let top: [RankedScore]

  /// How the map was brought to the positions of the input.
  public let upsampling: Upsampling

  /// The name of the network's input whose positions the map lies on.
  public let inputName: String

  /// The file that was explained.
  public let input: String

  /// The row of that file, from 0, when it holds several inputs.
  public let inputRow: Int?

  /// How the input was prepared, and who said so.
  public let preprocessing: [PreparationRecord.Entry]

  /// The smallest and largest raw value of the map.
  public let mapRange: [Float]

  /// Which share of the relevance that the map is made of arrives where it looks, by magnitudes, the
  /// least of several passes; nil for methods without relevance.
  public let arrivedShare: Float?

  /// The greatest change of the map, as a share of its peak, per small relative change of what its
  /// weights are quotients of; nil for methods without such quotients.
  public let conditionNumber: Float?

  /// What the input is compared with, and how well the map adds up to the difference; nil for methods
  /// that compare with nothing.
  public let completeness: Completeness?

  /// What is known of the masks that the map was made by; nil for methods without masks of their own.
  public let sampling: SamplingRecord?

  /// The channels of the layer that weigh most; nil unless asked for, and for methods that weigh none.
  public let channels: [RankedChannel]?

  /// How the map was found, where it was sought step by step; nil for others.
  public let optimization: OptimizationRecord?

  /// Where the relevance of the map went, one ledger per pass; nil unless asked for.
  public let ledgers: [ConservationLedger]?

  /// Where it comes from.
  public let provenance: Provenance

  /// Describes an explanation.
  ///
  /// - Parameters:
  ///   - explanation: What is described.
  ///   - model: The network.
  ///   - plan: What was asked for.
  ///   - input: The file that was explained.
  ///   - inputRow: The row of that file, when it holds several inputs.
  ///   - preparation: How inputs were prepared.
  ///   - provenance: Where it comes from.
  public init(
    _ explanation: Explanation, model: Model, plan: ExplanationPlan, input: String, inputRow: Int?,
    preparation: PreparationRecord = PreparationRecord(), provenance: Provenance
  ) {
    method = explanation.method.method.id
    settings = explanation.method.settings.texts
    layer = explanation.layer.map {
      LayerEntry(
        name: $0.name, operatorType: $0.operatorType, shape: $0.shape.extents,
        receptiveField: $0.receptiveFields(over: explanation.input))
    }
    target = explanation.targetTitle
    output = model.output.name
    positions = explanation.places.map(ExplainedPositions.init)
    classIndex = explanation.classIndex
    classLabel = explanation.classIndex.map(model.label)
    explainedScore = explanation.explainedScore
    scoreForm = plan.form
    probability = explanation.probability
    top = model.ranking(explanation, count: 5)
    upsampling = plan.upsampling
    inputName = explanation.input.name
    self.input = input
    self.inputRow = inputRow
    preprocessing = preparation.entries
    mapRange = [explanation.map.elements.min() ?? 0, explanation.map.elements.max() ?? 0]
    arrivedShare = explanation.arrivedShare
    conditionNumber = explanation.conditionNumber.flatMap { $0.isFinite ? $0 : nil }
    completeness = explanation.completeness
    sampling = explanation.sampling
    channels = explanation.rankedChannels(count: 10)
    optimization = explanation.optimization
    ledgers = explanation.ledgers.isEmpty ? nil : explanation.ledgers
    self.provenance = provenance
  }
}
