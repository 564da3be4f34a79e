public import Catalogs

/// What relevance must pass to count: anything, or some channels of a layer.
///
/// On the command line `LAYER@37+40-42`: a layer as it is named elsewhere, and channels from 0 with `-`
/// for runs of them; `all` for everything.
public enum RelevanceRoute: Hashable, Sendable {
  /// No condition.
  case anywhere
  /// Channels of a layer, each once and in ascending order, at least one.
  case channels([Int], layer: String)
}

extension RelevanceRoute {
  /// The most channels that a text may name.
  private static let largestCount = 1 << 20

  /// The route that a text stands for; nil when there is none.
  init?(_ text: String) {
    guard text != Self.standardText else {
      self = .anywhere
      return
    }
    guard let mark = text.lastIndex(of: "@"), mark > text.startIndex else { return nil }
    var channels = Set<Int>()
    let runs = text[text.index(after: mark)...].split(
      separator: "+", omittingEmptySubsequences: false)
    for run in runs {
      let ends = run.split(separator: "-", omittingEmptySubsequences: false)
      let numbers = ends.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
      guard numbers.count == ends.count, numbers.count <= 2, let first = numbers.first,
        let last = numbers.last, first <= last, last - first < Self.largestCount
      else { return nil }
      channels.formUnion(first...last)
    }
    self = .channels(channels.sorted(), layer: String(text[..<mark]))
  }

  /// The text for everything.
  private static let standardText = "all"

  /// The text that stands for it; runs of channels are written in short.
  var text: String {
    guard case .channels(let channels, let layer) = self else { return Self.standardText }
    var runs: [(first: Int, last: Int)] = []
    for channel in channels {
      if let run = runs.last, run.last == channel - 1 {
        runs[runs.count - 1].last = channel
      } else {
        runs.append((channel, channel))
      }
    }
    let texts = runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
    return layer + "@" + texts.joined(separator: "+")
  }
}

extension Parameter<RelevanceRoute> {
  /// What relevance must pass to count.
  public static var through: Parameter {
    Parameter(
      "through",
      "only relevance that passes some channels of a layer, such as layer3@37 or layer3@3+8-11 "
        + "(explain --channels ranks them); what a channel sees, and what it counts for",
      standard: .anywhere,
      Domain(
        "all, or channels of a layer such as layer3@3+8-11", bounds: "or LAYER@CHANNELS",
        read: { RelevanceRoute($0) }, write: \.text))
  }
}
