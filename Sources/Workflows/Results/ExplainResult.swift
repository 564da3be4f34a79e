public import Explanations

/// What a run of explanations wrote.
public struct ExplainResult: Codable, Sendable {
  /// The network's file.
  public let model: String

  /// One entry for each input that could be used, in order.
  public internal(set) var inputs: [ExplainedInput]

  /// What was written about all spectra together; empty when there are files for each alone.
  public var summaries: [MapSummary] = []

  /// The bands of spectra that have files of their own; empty where a summary tells them.
  public var bands: [MapSummary] = []

  /// The page that shows all pictures; nil when they are few.
  public var index: String?

  /// What could not be used or written.
  public internal(set) var failures: [InputFailure]
}

/// One input with its explanations.
public struct ExplainedInput: Codable, Sendable, Hashable {
  /// The file.
  public let input: String

  /// The row of the file, from 0, when it holds several inputs.
  public let row: Int?

  /// The five highest scores.
  public let top: [RankedScore]

  /// The explanations that were written.
  public internal(set) var explanations: [WrittenExplanation]
}

/// An explanation and the files that hold it.
public struct WrittenExplanation: Codable, Sendable, Hashable {
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

  /// Whether the map has nothing to show.
  public let isEmpty: Bool

  /// What an evaluation of the network found about such maps; nil where none is known.
  public var verdict: String?

  /// The ten channels of the layer that weigh most; nil unless asked for, and for methods that weigh none.
  public let channels: [RankedChannel]?

  /// Where the relevance of the map went, one ledger per pass; nil unless asked for.
  public let ledgers: [ConservationLedger]?

  /// The paths of the files.
  public internal(set) var files: [String]
}

extension ExplainedInput {
  /// The same with other names of its files.
  func renamed(_ name: (String) -> String) -> ExplainedInput {
    var renamed = self
    for index in explanations.indices {
      renamed.explanations[index].files = explanations[index].files.map(name)
    }
    return renamed
  }
}
