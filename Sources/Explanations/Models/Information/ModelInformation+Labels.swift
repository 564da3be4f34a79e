extension ModelInformation {
  /// Where others left what is known, in a sentence; nil when all was said for this network.
  package var findings: String? {
    let found = Set(origins.values.filter(\.isFound).map(\.description)).sorted()
    guard !found.isEmpty else { return nil }
    let isLabeled = origins[.labels]?.isFound == true
    let isPrepared = origins.contains { $0.key != .labels && $0.value.isFound }
    let what = [isLabeled ? "labels" : nil, isPrepared ? "preprocessing" : nil]
      .compactMap(\.self).joined(separator: " and ")
    return "\(what) found in \(found.joined(separator: ", "))"
  }

  /// The information with labels that are as many as the scores.
  ///
  /// Labels that were only found beside the network, or in metadata that others wrote, are left out
  /// with a remark when they are not.
  ///
  /// - Parameter scoreCount: How many scores the network gives.
  /// - Returns: The information; without labels where those that were found do not fit.
  /// - Throws: `ExplanationError` naming both counts where the labels were meant for this network.
  func checkedLabels(scoreCount: Int) throws(ExplanationError) -> ModelInformation {
    guard let labels, labels.count != scoreCount else { return self }
    let origin = origins[.labels] ?? .option
    let counts = "\(Self.counted(labels.count, "label")) and \(Self.counted(scoreCount, "score"))"
    guard !origin.isFound else {
      var result = without([.labels])
      result.remarks.append("labels of \(origin) are not taken: there are \(counts)")
      return result
    }
    let heading =
      labels.count == scoreCount + 1
      ? "; if the first is a heading or a background class, leave it out with --labels-skip-first"
      : ""
    let place = origin == .option ? "the labels do not fit" : "\(origin): labels do not fit"
    throw ExplanationError(
      .malformedSideFile, "\(place): there are \(counts); give one label for each score\(heading)")
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
