import Catalogs
import Foundation
import TensorCore

/// Whether the weights that a method gives channels say what these do.
enum ChannelWeights {
  enum Score: String, CaseIterable { case explained, contrast }

  enum Compared: String, CaseIterable { case contribution, weight }

  static let against = Parameter(
    "against",
    "what a channel does: remove is what the score loses without it, alone what it has with that channel "
      + "only, keep what the input has that is shown through it, as Score-CAM does",
    standard: ChannelTrial.remove)

  static let score = Parameter(
    "score",
    "whether that is said of the explained score, or of its difference from the mean of the others",
    standard: Score.explained)

  static let compared = Parameter(
    "compared", "what is compared with it: the weight times the channel's mean, or the weight",
    standard: Compared.contribution)

  static let agreement = Parameter(
    "agreement",
    "how they are compared: correlation of ranks or values; signs is the share of right signs among the "
      + "stronger half; top the share of the ten highest channels that are found",
    standard: ChannelAgreement.spearman)

  static let count = Parameter(
    "channels",
    "how many channels are tried, drawn in proportion to their mean magnitude; 0 for all that are not 0 "
      + "everywhere",
    standard: 128, .whole(0...1_000_000))

  static let entry = Metric(
    id: "channel-weights", title: "Channel weights",
    summary:
      "the rank correlation of what a method gives channels with what the score loses without each",
    formula: "Spearman over channels of w_k · mean A_k and z − z(A_k := 0)",
    source: "after Ancona et al. 2018, arXiv 1711.06104, of channels of a layer",
    topic: .faithfulness, direction: .up, bounds: (-1, 1),
    chance: "0 (signs ½, top 10 of the number of channels); weights of another input tell more",
    caution:
      "Of methods that weigh channels only. At the last layer before a mean and a linear layer all such "
      + "weights may be exact, and those of another input too. A channel that is 0 may be nothing that the "
      + "network knows.",
    parameters: [against, score, compared, agreement, count],
    procedure: .channels(
      ChannelMeasuring(
        trial: { $0[against] },
        channels: { activity, facts, settings in drawn(settings[count], activity, facts) },
        measurement: { channels, settings in
          let numbers = zip(channels.weights, channels.means).map { weight, mean in
            settings[compared] == .weight ? weight : weight * mean
          }
          let effects =
            settings[score] == .contrast ? channels.contrasts : channels.effects
          return Measurement(settings[agreement].of(numbers, effects))
        })))

  /// So many channels, each the likelier the more active it is, without repetition.
  static func drawn(_ count: Int, _ activity: [Double], _ facts: SampleFacts) -> [Int] {
    let active = activity.indices.filter { activity[$0] > 0 }
    guard count > 0, active.count > count else { return active }
    var generator = facts.generator(.channels)
    // Of independent waiting times with these rates the shortest are drawn.
    let times = active.map { channel in
      (channel: channel, time: -log(1 - Double(generator.uniform())) / activity[channel])
    }
    return times.sorted { ($0.time, $0.channel) < ($1.time, $1.channel) }.prefix(count)
      .map(\.channel).sorted()
  }
}
