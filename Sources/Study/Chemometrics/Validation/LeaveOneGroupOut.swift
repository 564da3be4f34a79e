/// Cross-validation that tests one group at a time, such as all spectra of one day.
package struct LeaveOneGroupOut: Codable, Hashable, Sendable {
  /// Creates settings; there are none.
  package init() {}

  /// Makes the splits.
  ///
  /// - Parameter layout: The samples.
  /// - Returns: One split per group, in the order in which the groups first appear.
  /// - Throws: `ChemometricsError` when there is one group only.
  package func splits(of layout: SampleLayout) throws(ChemometricsError) -> [ValidationSplit] {
    guard layout.groupCount >= 2 else {
      throw ChemometricsError(
        .tooFewSamples, "all samples are of one group, which cannot be left out; name the groups")
    }
    return layout.members.map { ValidationSplit(testing: $0, of: layout.count) }
  }
}
