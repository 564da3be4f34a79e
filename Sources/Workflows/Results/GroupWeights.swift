/// How the maps of a group are summed up to the one whose bands are named.
///
/// Of a class that is their mean. The evidence for a quantity is counted from the mean of the training
/// spectra, so its mean over spectra like these is next to nothing: bands are where maps grow with the
/// predicted value instead, as in a study.
struct GroupWeights {
  /// Whether maps are summed up by how they grow with the predicted value.
  let followsValue: Bool

  /// How much a map adds to the one of the group, a number per member.
  let whole: [Double]

  /// How much a map adds to its part of the group, up to a factor.
  let parts: [Double]

  /// The sign that the map of a member has where the one of the group is positive.
  let signs: [Double]

  /// Weighs the maps of a group.
  ///
  /// - Parameters:
  ///   - scores: What is explained of every member, in their order.
  ///   - isQuantity: Whether that is a measured quantity; of two spectra no more than the mean is known.
  ///   - partCount: How many parts there are, one member in each by turns.
  init(_ scores: [Double], isQuantity: Bool, partCount: Int) {
    let all = Array(scores.indices)
    let deviations = Self.deviations(scores, all)
    let total = deviations.reduce(0) { $0 + $1 * $1 }
    followsValue = isQuantity && scores.count > 2 && total > 0
    guard followsValue else {
      whole = scores.map { _ in 1 / Double(scores.count) }
      parts = scores.map { _ in 1 }
      signs = parts
      return
    }
    whole = deviations.map { $0 / total }
    signs = deviations.map { $0 < 0 ? -1 : 1 }
    var parts = deviations
    for part in 0..<partCount {
      let members = all.filter { $0 % partCount == part }
      for (member, deviation) in zip(members, Self.deviations(scores, members)) {
        parts[member] = deviation
      }
    }
    self.parts = parts
  }

  /// How far the scores of some members are from their mean.
  private static func deviations(_ scores: [Double], _ members: [Int]) -> [Double] {
    let mean = members.reduce(0) { $0 + scores[$1] } / Double(max(1, members.count))
    return members.map { scores[$0] - mean }
  }
}
