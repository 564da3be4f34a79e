import Foundation
import StudyEngine
import Testing

/// What `study.json` holds, for programs that read it.
@Suite struct StudyNumbersTests {
  private func object(_ result: StudyResult) throws -> [String: Any] {
    let found = try JSONSerialization.jsonObject(with: JSONEncoder().encode(result))
    return try #require(found as? [String: Any])
  }

  private func keys(_ object: [String: Any], _ path: String...) throws -> Set<String> {
    var object = object
    for name in path { object = try #require(object[name] as? [String: Any]) }
    return Set(object.keys)
  }

  private static let common: Set<String> = [
    "data", "sampleCount", "pointCount", "axisUnit", "preprocessing", "splitCount",
    "architecture", "parameterCount", "startCount", "network", "partialLeastSquares",
    "componentCounts",
    "comparison", "evidence", "seed", "seconds", "version",
  ]

  @Test func `a study of classes tells accuracies and confusions`() throws {
    let result = try MadeStudy.classes(["chicken", "pork", "turkey"])
    let found = try object(result)
    #expect(Set(found.keys) == Self.common.union(["classes"]))
    #expect(found["classes"] as? [String] == ["chicken", "pork", "turkey"])
    #expect(found["sampleCount"] as? Int == 36 && found["pointCount"] as? Int == 40)
    #expect(found["axisUnit"] as? String == "cm-1" && found["splitCount"] as? Int == 3)
    #expect(found["componentCounts"] as? [Int] == [3, 4, 4])
    #expect(found["seconds"] as? [Double] == [0, 0, 0])
    for model in ["network", "partialLeastSquares"] {
      #expect(
        try keys(found, model) == ["accuracy", "balancedAccuracy", "confusion"], "\(model)")
    }
    #expect(
      try keys(found, "network", "accuracy") == ["mean", "deviation", "interval", "values"])
    let network = try #require(found["network"] as? [String: Any])
    let accuracy = try #require(network["accuracy"] as? [String: Any])
    #expect((accuracy["values"] as? [Double])?.count == 3)
    #expect((accuracy["interval"] as? [Double])?.count == 2)
    // One of twelve test spectra of the first division was taken for another.
    #expect(network["confusion"] as? [[Int]] == [[11, 1, 0], [0, 12, 0], [0, 0, 12]])
    #expect(try keys(found, "comparison").isSuperset(of: ["difference", "counts"]))
    let comparison = try #require(found["comparison"] as? [String: Any])
    #expect(comparison["counts"] as? [Int] == [0, 2, 1])
  }

  @Test func `evidence tells bands with what is known there`() throws {
    let found = try object(try MadeStudy.classes(["pork", "turkey"]))
    let evidence = try #require((found["evidence"] as? [[String: Any]])?.first)
    #expect(Set(evidence.keys) == ["name", "network", "partialLeastSquares", "agreement"])
    #expect(evidence["agreement"] as? Double == 0.75)
    #expect(try keys(evidence, "network") == ["bands", "stability", "overlap", "resolutions"])
    let network = try #require(evidence["network"] as? [String: Any])
    let bands = try #require(network["bands"] as? [[String: Any]])
    #expect(
      bands.allSatisfy {
        Set($0.keys) == ["start", "peak", "end", "share", "isPositive", "assignments"]
      })
    let amide = try #require(bands.first { $0["peak"] as? Double == 1640 })
    #expect(amide["isPositive"] as? Bool == true)
    let assignments = try #require(amide["assignments"] as? [String])
    #expect(assignments.contains("amide I (C=O stretching) (proteins)"))
  }

  @Test func `a study of a quantity tells errors and what chance reaches`() throws {
    let found = try object(try MadeStudy.quantity())
    #expect(
      Set(found.keys) == Self.common.union(["quantity", "linearPathCounts", "chanceProbabilities"]))
    #expect(found["quantity"] as? String == "fat")
    #expect(found["chanceProbabilities"] as? [Double] == [1.0 / 3, 1.0 / 3])
    for model in ["network", "partialLeastSquares"] {
      #expect(
        try keys(found, model) == ["rootMeanSquareError", "bias", "determination"], "\(model)")
    }
  }
}
