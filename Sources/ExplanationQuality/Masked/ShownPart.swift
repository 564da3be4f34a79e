import Catalogs
import Explanations

/// What a map shows of an input, all at once.
enum ShownPart: String, CaseIterable {
  case top50, top25, top15, soft
  case stretched = "min-max"
  case authors
}

extension Parameter<ShownPart> {
  static var mask: Parameter {
    Parameter(
      "mask",
      "what the map shows: the highest 50, 25 or 15 % of positions, each position by its share of the "
        + "maximum (soft) or of the range (min-max), or as the authors of Relevance-CAM do: the share "
        + "of the range where it is above the middle value, before black, of which the drop counts "
        + "only where there is one",
      standard: .top50)
  }
}

extension ShownPart {
  /// The input as the map shows it.
  func row(_ map: MapReading, _ facts: SampleFacts, _ settings: Settings) -> MaskedRow {
    let fill = settings.fill(facts, automatic: automaticFill)
    let share = { (part: Double) in Int((part * Double(map.count)).rounded()) }
    return switch self {
    case .top50: .showing(share(0.5), of: map.order, fill: fill)
    case .top25: .showing(share(0.25), of: map.order, fill: fill)
    case .top15: .showing(share(0.15), of: map.order, fill: fill)
    case .soft: .shares(map.softMask, fill: fill)
    case .stretched: .shares(map.stretchedMask, fill: fill)
    case .authors: .shares(Self.aboveMedian(map), fill: fill)
    }
  }

  private var automaticFill: RowFill? {
    switch self {
    case .top50, .top25, .top15: nil
    case .soft, .stretched: .zero
    case .authors: .black
    }
  }

  /// The map between 0 and 1, with zero for what does not exceed the value in the middle.
  private static func aboveMedian(_ map: MapReading) -> [Float] {
    let mask = map.stretchedMask
    let limit = mask[Int(map.order[(map.count + 1) / 2 - 1])]
    return mask.map { $0 > limit ? $0 : 0 }
  }
}

extension MaskedMeasuring {
  /// A comparison of the score of what is shown with that of the whole input.
  static func shownPart(
    _ value:
      @escaping @Sendable (_ whole: Double, _ shown: Double, SampleFacts, ShownPart) ->
      Double?
  ) -> MaskedMeasuring {
    MaskedMeasuring(
      rows: { map, facts, settings in [.whole, settings[.mask].row(map, facts, settings)] },
      measurement: { _, scores, facts, settings in
        Measurement(value(scores[0], scores[1], facts, settings[.mask]))
      })
  }
}
