public import Explanations
public import Figures
import TensorCore

/// What a run of comparisons wrote.
public struct CompareResult: Codable, Sendable {
  /// The network's file.
  public let model: String

  /// What the maps are divided by in the figures; the numbers here are raw.
  public let scale: ComparisonFigure.Division

  /// One entry for each input that could be used, in order.
  public let inputs: [ComparedInput]

  /// What could not be used or written.
  public let failures: [InputFailure]
}

/// One input with its comparison.
public struct ComparedInput: Codable, Sendable, Hashable {
  /// The file.
  public let input: String

  /// The row of the file, from 0, when it holds several inputs.
  public let row: Int?

  /// The five highest scores.
  public let top: [RankedScore]

  /// The paths of the figure's files.
  public let files: [String]

  /// The maps of the figure.
  public let cells: [ComparedCell]
}

/// One map of a comparison in numbers, on the grid of its layer.
public struct ComparedCell: Codable, Sendable, Hashable {
  /// The id of the method.
  public let method: String

  /// The name of the layer; nil for the input.
  public let layer: String?

  /// What is explained.
  public let target: String

  /// The explained value.
  public let explainedScore: Float

  /// The probability of the explained class, where there is one.
  public let probability: Float?

  /// The extents of the grid.
  public let grid: [Int]

  /// The smallest raw value.
  public let minimum: Float

  /// The largest raw value.
  public let maximum: Float

  /// The share of grid positions with a value above zero, 0…1.
  public let positiveShare: Float

  /// Whether there is no such position, so that the figure shows words instead.
  public let isEmpty: Bool

  /// The share of the positive part, at the positions of the input, that lies in the region which
  /// was asked for, 0…1; nil without a region, and where nothing is positive.
  public let shareInRegion: Double?

  /// Describes a map.
  init(_ explanation: Explanation, _ model: Model, shareInRegion: Double?) {
    self.shareInRegion = shareInRegion
    let values = explanation.map.elements
    method = explanation.method.method.id
    layer = explanation.layer?.name
    target = explanation.targetTitle
    explainedScore = explanation.explainedScore
    probability = explanation.probability
    grid = explanation.map.shape.extents
    minimum = values.min() ?? 0
    maximum = values.max() ?? 0
    positiveShare = Float(values.count { $0 > 0 }) / Float(max(1, values.count))
    isEmpty = explanation.isEmpty
  }
}
