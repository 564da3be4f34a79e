import Explanations
import Foundation
import Workflows

/// The channels that weigh most in the maps of an input, a line for each map.
struct ChannelText {
  private let input: ExplainedInput

  init(_ input: ExplainedInput) {
    self.input = input
  }

  /// The lines.
  var text: String {
    input.explanations.compactMap { explanation in
      explanation.channels.map { channels in
        let shares = channels.map { String(format: "%d (%.1f %%)", $0.channel, $0.share * 100) }
        let place = explanation.layer ?? "the input"
        return
          "\(input.input): \(explanation.method), channels of \(place) for \(explanation.target): "
          + shares.joined(separator: ", ")
      }
    }.joined(separator: "\n")
  }
}
