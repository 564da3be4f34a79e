import Chemometrics
import Reports
import Testing

@testable import StudyEngine
@testable import StudyReports

/// Contributions of bands to a slope that they add up to, or do not.
struct SlopeTableTests {
  /// The table of a network whose predictions have a slope, as a multiple of the sum of its map.
  private func blocks(_ multiple: Double) throws -> [ReportBlock] {
    let result = try MadeStudy.quantity()
    let evidence = try #require(result.evidence.first)
    guard case .quantity(let made) = result.outcome else { return [] }
    let values = (0..<36).map { 10 + Double($0) }
    func linearity(_ map: [Double], _ multiple: Double) throws -> QuantityDifference {
      let slope = multiple * map.reduce(0, +)
      return try QuantityDifference(predictions: values.map { slope * $0 + 3 }, truth: values)
    }
    let outcome = RegressionOutcome(
      quantity: made.quantity, network: made.network,
      partialLeastSquares: made.partialLeastSquares, comparison: made.comparison,
      componentCounts: made.componentCounts,
      networkLinearity: try linearity(evidence.network.map.mean, multiple),
      partialLeastSquaresLinearity: try linearity(evidence.partialLeastSquares.map.mean, 1))
    return SlopeTable(facts: try StudyFacts(result), outcome: outcome, evidence: evidence).blocks
  }

  private func rows(_ blocks: [ReportBlock]) -> [[String]] {
    blocks.flatMap { block in
      if case .table(let table) = block { table.rows } else { [[String]]() }
    }
  }

  @Test(arguments: [1, 0.9, 1.2])
  func `bands of a complete map add up to the slope`(multiple: Double) throws {
    let blocks = try blocks(multiple)
    #expect(blocks.count == 2)
    let names = rows(blocks).map { $0[0] }
    #expect(names.contains("Network") && names.contains("PLS regression"))
    #expect(rows(blocks).filter { $0[1] == "sum" }.count == 2)
  }

  @Test(arguments: [1 / 30.7, 4, -1])
  func `a map that does not add up is no contribution`(multiple: Double) throws {
    let blocks = try blocks(multiple)
    #expect(rows(blocks).allSatisfy { $0[0] == "PLS regression" } && !rows(blocks).isEmpty)
    guard case .paragraph(let text)? = blocks.last else {
      Issue.record("nothing is said of the network")
      return
    }
    #expect(
      text.contains("“Network” are left out") && text.contains("not to that of the predictions"))
  }
}
