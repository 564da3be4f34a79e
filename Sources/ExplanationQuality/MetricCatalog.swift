public import Catalogs

/// All metrics; help, completion and contract tests read it.
public enum MetricCatalog {
  /// The entries, by topic.
  public static let entries = Catalog<Metric>(
    "metric",
    [
      Deletion.entry,
      Insertion.entry,
      InsertionLessDeletion.entry,
      BandDeletion.entry,
      BandInsertion.entry,
      ConfidenceDrop.entry,
      ConfidenceIncrease.entry,
      ConfidenceGain.entry,
      ComplementDrop.entry,
      RemoveAndDebias.entry,
      Monotonicity.entry,
      MuFidelity.entry,
      SensitivityN.entry,
      Infidelity.entry,
      FaithfulnessEstimate.entry,
      OcclusionAgreement.entry,
      ChannelWeights.entry,
      AverageDropCoherencyComplexity.entry,
      AverageRoadCoherencyComplexity.entry,
      Energy.entry,
      EnergyGain.entry,
      Pointing.entry,
      Overlap.entry,
      RankAccuracy.entry,
      AreaUnderCurve.entry,
      AveragePrecision.entry,
      Localization.entry,
      BoxHit.entry,
      CentroidDistance.entry,
      ShiftChance.entry,
      CoveredShare.entry,
      GiniIndex.entry,
      MapEntropy.entry,
      HoyerSparseness.entry,
      WideShare.entry,
      MeanShare.entry,
      EmptyMap.entry,
      MaxSensitivity.entry,
      ShiftConsistency.entry,
      Coherency.entry,
      WeightStability.entry,
      WeightShift.entry,
      TwoClass.entry,
      OtherClass.entry,
      Randomization.entry,
      RandomizationFloor.entry,
      PlantedEnergy.entry,
      PlantedRanks.entry,
      Leakage.entry,
    ],
    otherNames: [
      "pixel-flipping": "deletion", "abpc": "insertion-minus-deletion", "average-drop": "drop",
      "average-increase": "increase",
      "average-gain": "gain", "mass-accuracy": "energy", "pointing-game": "pointing",
      "roc-auc": "auc", "box-accuracy": "box", "mprt": "randomization",
    ])

  /// The metric with an id.
  ///
  /// - Parameter id: As listed by `vitrine metrics`.
  /// - Returns: Its entry.
  /// - Throws: `SettingsError` with the nearest ids when there is none.
  public static func metric(_ id: String) throws(SettingsError) -> Metric {
    guard let metric = entries[id] else {
      throw SettingsError(entries.absence(of: id) + ".")
    }
    return metric
  }
}
