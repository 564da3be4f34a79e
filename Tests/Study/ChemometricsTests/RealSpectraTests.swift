import Foundation
import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Chemometrics

/// Reference values: `PLSRegression(scale=False)` of scikit-learn 1.9 on the same split for the root
/// mean square errors; for classes SIMPLS in NumPy, and normal densities of SciPy.
struct RealSpectraTests {
  private func errors(
    _ data: RealSpectra, _ column: String, _ split: ValidationSplit, _ counts: [Int]
  ) throws -> [Double] {
    let y = try Matrix<Double>(column: data.numbers(column))
    let model = try PartialLeastSquares(componentCount: counts.max() ?? 1).fit(
      data.variables.selecting(rows: split.training), y.selecting(rows: split.training))
    let truth = y.selecting(rows: split.test).elements
    let predictions = try model.predictionsForEveryCount(
      of: data.variables.selecting(rows: split.test))
    return try counts.map {
      try RegressionMetrics(predictions: predictions[$0 - 1].elements, truth: truth)
        .rootMeanSquareError
    }
  }

  @Test(
    .needsShared("data/spectra-corn-nir"),
    arguments: [
      ("moisture", [0.044838591328087665, 0.016729436651669847, 0.007501600291945676]),
      ("oil", [0.07286059918570124, 0.05924133917427731, 0.04469376057585932]),
      ("protein", [0.19819788620003698, 0.12468752389202017, 0.08757285968515009]),
      ("starch", [0.4295438216568992, 0.2560975582054996, 0.13889820543496795]),
    ])
  func `corn is predicted as by scikit-learn`(column: String, expected: [Double]) throws {
    let data = try RealSpectra("spectra-corn-nir/corn_m5.csv", columnCount: 4)
    expectClose(
      try errors(data, column, data.everyThird, [5, 10, 15]), expected, relative: 1e-6)
  }

  @Test(.needsShared("data/spectra-tecator-nir"))
  func `fat in meat is predicted as by scikit-learn`() throws {
    let data = try RealSpectra("spectra-tecator-nir/tecator.csv", columnCount: 1)
    expectClose(
      try errors(data, "fat_pct", data.everyThird, [5, 10, 15]),
      [3.123408491793546, 2.9617345986434858, 2.5538934844791075], relative: 1e-6)
  }

  @Test(.needsShared("data/spectra-tablets-nir"))
  func `tablets are predicted as by scikit-learn`() throws {
    let data = try RealSpectra("spectra-tablets-nir/tablets_nir.csv", columnCount: 4)
    expectClose(
      try errors(data, "active_pct_ww", data.everyThird, [3, 5, 10]),
      [0.5890660517893295, 0.34725357968299386, 0.31660561768912926], relative: 1e-6)
  }

  @Test(.needsShared("data/spectra-wheat-nit"))
  func `wheat measured later is predicted as by scikit-learn`() throws {
    let data = try RealSpectra("spectra-wheat-nit/wheat_protein.csv", columnCount: 2)
    let parts = try #require(data.columns["split"])
    let split = ValidationSplit(
      testing: parts.indices.filter { parts[$0] == "test" }, of: parts.count)
    expectClose(
      try errors(data, "protein_pct", split, [5, 10, 15]),
      [1.5207670777821871, 0.7816077312972086, 0.6403651761646403], relative: 1e-6)
  }

  private func correctCounts(
    _ data: RealSpectra, _ split: ValidationSplit, _ counts: [Int]
  ) throws -> [Int] {
    let classes = data.classes()
    return try counts.map { count in
      let model = try PLSDiscriminant(componentCount: .fixed(count)).fit(
        data.variables.selecting(rows: split.training), classes.selecting(split.training))
      let found = try model.predictions(for: data.variables.selecting(rows: split.test))
      return zip(found, split.test).count { $0 == classes.indices[$1] }
    }
  }

  @Test(.needsShared("data/spectra-coffee-origin"))
  func `all test coffees are told apart`() throws {
    let data = try RealSpectra("spectra-coffee-origin/coffee_origin.csv", columnCount: 1)
    #expect(try correctCounts(data, data.everyThird, [2, 5, 8, 12]) == [20, 20, 20, 20])
  }

  @Test(.needsShared("data/spectra-olive-oil-ftir"))
  func `as many olive oils are told apart as by the reference`() throws {
    let data = try RealSpectra("spectra-olive-oil-ftir/olive_oil.csv", columnCount: 2)
    let samples = data.numbers("sample")
    let split = ValidationSplit(
      testing: samples.indices.filter { Int(samples[$0]) % 3 == 2 }, of: samples.count)
    #expect(try correctCounts(data, split, [3, 6, 10, 15, 20]) == [33, 35, 37, 35, 36])
  }

  @Test(.needsShared("data/spectra-ucr-food"))
  func `as many meats are told apart as by the reference`() throws {
    let data = try RealSpectra("spectra-ucr-food/Meat.csv", columnCount: 2)
    let parts = try #require(data.columns["split"])
    let split = ValidationSplit(
      testing: parts.indices.filter { parts[$0] == "test" }, of: parts.count)
    #expect(try correctCounts(data, split, [3, 6, 10, 15, 20]) == [54, 57, 60, 60, 59])
  }

  /// Rows 2k and 2k + 1 are measurements of one sample: most are each other's nearest neighbor.
  @Test(.needsShared("data/spectra-ucr-food"), arguments: [false, true])
  func `meats are told apart in at least 99 of 100`(keepsPairs: Bool) throws {
    let data = try RealSpectra("spectra-ucr-food/Meat.csv", columnCount: 2)
    let classes = data.classes()
    let groups = keepsPairs ? (0..<120).map { "\($0 / 2)" } : nil
    let layout = try SampleLayout(count: 120, strata: classes.indices, groups: groups)
    let splits = try MonteCarloSplits(count: 100, testFraction: 0.3, seed: 0).splits(of: layout)
    let predictions = try splits.map { split in
      let model = try PLSDiscriminant().fit(
        data.variables.selecting(rows: split.training), classes.selecting(split.training),
        groups: groups.map { groups in split.training.map { groups[$0] } })
      return try model.predictions(for: data.variables.selecting(rows: split.test))
    }
    let summary = try ClassificationValidation(
      predictions: predictions, classes: classes, splits: splits
    ).summary()
    #expect(summary.mean >= 0.99)
  }
}
