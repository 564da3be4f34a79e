import Catalogs

/// Which planted things say something of maps.
enum PlantedCause {
  static let margin = Parameter(
    "margin",
    "by how much the probability of the thing's class must rise for an input to count, in percent; of other "
      + "scores any rise counts", standard: 1, .number(0...100))

  static let largest = Parameter(
    "largest", "things that cover more of the input are left out, in percent", standard: 50,
    .number(0...100))

  static let source = "after Yang and Kim 2019, BAM, arXiv 1907.09701: pasted objects as causes"

  static let caution =
    "Cut from another input of the run by its mask or box, and put into a corner that chance chooses, so that no "
    + "spot in the middle is favored: the edge of the cut is a cause too, and pasted things are no natural "
    + "pictures. Inputs whose score does not rise enough have no number. The control of another input is the "
    + "map of the input without the thing, for the same class."

  /// A number for an input on which the thing caused a rise of its class; nil for others.
  static func measurement(
    _ thing: PlantedThing, _ facts: SampleFacts, _ settings: Settings, _ value: Double?
  ) -> Measurement {
    let rise = thing.after - thing.before
    let least = facts.scale == .probability ? settings[margin] / 100 : 0
    guard rise > 0, rise >= least, thing.share * 100 <= settings[largest] else {
      return Measurement(nil)
    }
    return Measurement(value, fractions: [0, 1], scores: [thing.before, thing.after])
  }
}

/// How much of a map lies within a thing that was put there.
enum PlantedEnergy {
  static let entry = Metric(
    id: "planted", title: "Energy in planted thing",
    summary:
      "the share of the map's positive sum that lies within a thing pasted from another input",
    formula:
      "Σ_S L⁺ / Σ L⁺ for the class of the thing S that was pasted; curve: its score before and with it",
    source: PlantedCause.source, topic: .sanity, direction: .up,
    chance: "the share of the input that the thing covers",
    caution: "Depends on how values are distributed. " + PlantedCause.caution,
    parameters: [PlantedCause.margin, PlantedCause.largest],
    procedure: .planted { map, thing, facts, settings in
      PlantedCause.measurement(
        thing, facts, settings, Energy.share(map.positive, thing.region.inside))
    })
}

/// How high a map ranks a thing that was put there.
enum PlantedRanks {
  static let entry = Metric(
    id: "planted-auc", title: "AUC of planted thing",
    summary:
      "how often a position of a thing pasted from another input has a higher value than another",
    formula: "P[L(s) > L(o)] + ½ P[L(s) = L(o)], s in the thing that was pasted, o outside",
    source: PlantedCause.source, topic: .sanity, direction: .up, chance: "0.5",
    usesOrderOnly: true, caution: PlantedCause.caution,
    parameters: [PlantedCause.margin, PlantedCause.largest],
    procedure: .planted { map, thing, facts, settings in
      PlantedCause.measurement(
        thing, facts, settings, AreaUnderCurve.of(map, thing.region.inside))
    })
}
