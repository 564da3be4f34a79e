import Catalogs
import Explanations
import TensorCore

extension Parameter<Int> {
  static var cells: Parameter {
    Parameter(
      "cells",
      "how many parts each axis has, hidden as a whole; 0 for 9 along each side of a picture, 32 along "
        + "a spectrum",
      standard: 0, .whole(0...10_000))
  }

  static var subsets: Parameter {
    Parameter(
      "subsets", "how many random sets of parts are hidden", standard: 100, .whole(3...100_000))
  }
}

extension Parameter<Double> {
  static var share: Parameter {
    Parameter(
      "share", "how many of the parts each set has, in percent", standard: 20, .number(0...100))
  }
}

/// Parts of an input, and sets of them that are hidden one after another.
struct RemovedParts {
  let parts: Cells

  /// Which parts are hidden together.
  let sets: [[Int]]

  /// The parts that `cells` names.
  static func cells(_ facts: SampleFacts, _ settings: Settings) -> Cells {
    let count = settings[.cells]
    let usual = facts.positions.count == 1 ? 32 : 9
    return Cells(facts.positions, along: count == 0 ? usual : count)
  }

  /// Each part alone.
  init(each parts: Cells) {
    self.parts = parts
    sets = parts.members.indices.map { [$0] }
  }

  /// Random sets of parts of one size, the same for all maps of an input.
  init(random facts: SampleFacts, _ settings: Settings) {
    parts = Self.cells(facts, settings)
    let all = Array(parts.members.indices)
    let share = settings[Parameter<Double>.share] / 100 * Double(all.count)
    let size = min(max(1, Int(share.rounded())), max(1, all.count - 1))
    var generator = facts.generator(.removals)
    sets = (0..<settings[.subsets]).map { _ in Array(generator.shuffled(all).prefix(size)) }
  }

  /// The whole input, then the input without each set.
  func rows(_ facts: SampleFacts, _ fill: RowFill) -> [MaskedRow] {
    [.whole]
      + sets.map { set in
        .hiding(set.flatMap { parts.members[$0] }, of: facts.count, fill: fill)
      }
  }

  /// What a map says of the sets, beside scores of the rows.
  func agreement(_ map: MapReading, _ scores: [Double]) -> RemovalAgreement {
    let sums = parts.sums(map)
    return RemovalAgreement(
      sums: sets.map { $0.reduce(0) { $0 + sums[$1] } },
      drops: scores.dropFirst().map { scores[0] - $0 })
  }
}

extension SharedMeasuring {
  /// A comparison of a map with what is lost without parts of the input.
  static func agreement(
    _ parts: @escaping @Sendable (SampleFacts, Settings) -> RemovedParts,
    _ value: @escaping @Sendable (RemovalAgreement) -> Double?
  ) -> SharedMeasuring {
    SharedMeasuring(
      rows: { facts, settings in parts(facts, settings).rows(facts, settings.fill(facts)) },
      measurement: { map, scores, facts, settings in
        Measurement(value(parts(facts, settings).agreement(map, scores)))
      })
  }
}
