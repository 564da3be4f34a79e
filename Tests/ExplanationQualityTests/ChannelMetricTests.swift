import ExplanationQuality
import TensorCore
import TestSupport
import Testing

/// Metrics of channel weights, by hand.
struct ChannelMetricTests {
  private static let facts = SampleFacts(positions: [4, 4], seed: 5)

  private func value(_ text: String, _ channels: ChannelReading) throws -> Double? {
    let chosen = try ChosenMetric(parsing: text)
    guard case .channels(let measuring) = chosen.metric.procedure else { return nil }
    return measuring.measurement(channels, chosen.settings).value
  }

  /// `w · mean A` is 3, 1, 2, 0.5: ranks 4, 2, 3, 1; of the effects 3, 1, 4, 2.
  private static let channels = ChannelReading(
    weights: [1.5, -1, 2, 0.25], means: [2, -1, 1, 2], effects: [1, -2, 2, -0.1],
    contrasts: [3, 1, 2, 0.5])

  @Test(arguments: [
    // 1 − 6 (1 + 1 + 1 + 1) / (4 · 15), Σ d² = 4.
    ("channel-weights", 0.6),
    // Deviations 1.375, −0.625, 0.375, −1.125 and 0.775, −2.225, 1.775, −0.325.
    ("channel-weights:agreement=pearson", 3.4875 / (3.6875 * 8.8075).squareRoot()),
    // The median magnitude is 1.5: −2 has the wrong sign, 2 the right one.
    ("channel-weights:agreement=signs", 0.5),
    ("channel-weights:score=contrast", 1),
    // Weights have ranks 3, 1, 4, 2.
    ("channel-weights:compared=weight", 1),
  ])
  func `agreement is that of a computation by hand`(text: String, expected: Double) throws {
    let found = try #require(try value(text, Self.channels))
    #expect(abs(found - expected) < 1e-12, "\(found)")
  }

  @Test func `the ten highest are found, of more than ten`() throws {
    let effects = (0..<12).map { Double($0) }
    // Of the highest effects, channels 2 to 11, the numbers miss channels 10 and 11.
    let weights = (0..<12).map { $0 >= 10 ? -1 : 20 - Double($0) }
    let ones = [Double](repeating: 1, count: 12)
    let channels = ChannelReading(
      weights: weights, means: ones, effects: effects, contrasts: effects)
    #expect(try value("channel-weights:agreement=top", channels) == 0.8)
    #expect(try value("channel-weights:agreement=top", Self.channels) == nil)
  }

  @Test func `what does not vary has no agreement`() throws {
    let channels = ChannelReading(
      weights: [0, 0, 0], means: [1, 2, 3], effects: [1, 2, 3], contrasts: [1, 2, 3])
    #expect(try value("channel-weights", channels) == nil)
    #expect(try value("channel-weights:agreement=signs", channels) == 0.5, "0 says nothing")
  }

  private func drawn(_ count: Int, _ activity: [Double], seed: UInt64) throws -> [Int] {
    let chosen = try ChosenMetric(parsing: "channel-weights:channels=\(count)")
    guard case .channels(let measuring) = chosen.metric.procedure else { return [] }
    return measuring.channels(
      activity, SampleFacts(positions: [4], seed: seed), chosen.settings)
  }

  @Test func `channels that are zero are not tried, and all others may be`() throws {
    #expect(try drawn(0, [1, 0, 2, 0, 3], seed: 1) == [0, 2, 4])
    #expect(try drawn(3, [1, 0, 2, 0, 3], seed: 1) == [0, 2, 4])
    #expect(try drawn(2, [0, 0], seed: 1) == [])
  }

  /// The first of two drawn without repetition in proportion to 1, 2, 3, 4: channel k is among them with
  /// `p_k + Σ_{j≠k} p_j p_k / (1 − p_j)`.
  @Test func `channels are drawn in proportion to their activity`() throws {
    let activity = [1.0, 2, 3, 4]
    var counts = [Double](repeating: 0, count: 4)
    let draws = 4000
    for seed in 0..<UInt64(draws) {
      for channel in try drawn(2, activity, seed: seed) { counts[channel] += 1 }
    }
    let shares = activity.map { $0 / 10 }
    for channel in 0..<4 {
      let second = (0..<4).filter { $0 != channel }.reduce(0.0) {
        $0 + shares[$1] * shares[channel] / (1 - shares[$1])
      }
      let expected = shares[channel] + second
      // Four standard errors of a share of 4,000 draws.
      #expect(abs(counts[channel] / Double(draws) - expected) < 4 * 0.5 / 63, "\(channel)")
    }
  }

  @Test func `weights are compared with those of every changed input`() throws {
    let chosen = try ChosenMetric(parsing: "weight-stability:draws=2")
    guard case .reweighted(let measuring) = chosen.metric.procedure else { return }
    let inputs = measuring.inputs([0, 1, 2, 4], 1, Self.facts, chosen.settings)
    #expect(inputs.count == 2 && inputs[0] != inputs[1])
    for input in inputs {
      #expect(zip(input, [0, 1, 2, 4]).allSatisfy { abs($0 - $1) <= 0.0801 })
    }
    let found = measuring.measurement([1, 2, 3], [[1, 2, 3], [3, 2, 1]], chosen.settings).value
    #expect(found == 0)
    let moved = try ChosenMetric(parsing: "weight-shift:distance=1")
    guard case .reweighted(let shift) = moved.metric.procedure else { return }
    let two = SampleFacts(positions: [2, 2], seed: 1)
    #expect(shift.inputs([1, 2, 3, 4], 1, two, moved.settings) == [[1, 2, 1, 2], [1, 1, 3, 3]])
  }
}
