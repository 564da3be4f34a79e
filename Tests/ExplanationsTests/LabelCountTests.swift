import Catalogs
import Foundation
import TestSupport
import Testing

@testable import Explanations

/// Labels are as many as the scores, or they are refused.
struct LabelCountTests {
  private func model(
    _ files: [String: String], _ overrides: ModelInformation = ModelInformation()
  ) throws -> Model {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    for (name, text) in files { _ = try folder.write(text, to: name) }
    return try Model(contentsOf: url, overrides: overrides)
  }

  @Test(arguments: [0, 1, 2, 4, 1000])
  func `any other number of labels is refused with both counts`(count: Int) {
    var overrides = ModelInformation()
    overrides.labels = (0..<count).map { "class \($0)" }
    let error = #expect(throws: ExplanationError.self) { try model([:], overrides) }
    let text = error?.description ?? ""
    #expect(text.contains("\(count) label") && text.contains("3 scores"), "\(text)")
    #expect(text.contains("--labels-skip-first") == (count == 4))
  }

  @Test func `a file beside the network is named`() {
    let error = #expect(throws: ExplanationError.self) {
      try model(["tiny.json": #"{"labels": ["a", "b"]}"#])
    }
    #expect(error?.description.hasPrefix("tiny.json: labels do not fit") == true)
  }

  @Test func `labels that were only found are left out`() throws {
    var found = ModelInformation()
    found.labels = ["a", "b"]
    let checked = try found.attributed(to: .file("labels.txt")).checkedLabels(scoreCount: 3)
    #expect(checked.labels == nil && checked.origins.isEmpty)
    #expect(
      checked.remarks == ["labels of labels.txt are not taken: there are 2 labels and 3 scores"])
    let metadata = try found.attributed(to: .metadata("names")).checkedLabels(scoreCount: 3)
    #expect(metadata.labels == nil)
  }

  @Test func `keys that mean nothing are refused with what may be meant`() {
    let error = #expect(throws: ExplanationError.self) {
      try model(["tiny.json": #"{"means": 0.5}"#])
    }
    #expect(error?.description.contains(#""means" means nothing here. Did you mean "mean"#) == true)
    #expect(throws: ExplanationError.self) { try model(["meta.json": #"{"centre_crop": 8}"#]) }
    #expect(throws: Never.self) {
      _ = try model(["meta.json": #"{"sanity": 8, "top5": [1]}"#])
      _ = try model(["tiny.json": #"{"comment": "by hand"}"#])
    }
  }

  @Test func `the labels of ImageNet are a thousand different ones`() throws {
    let labels = try #require(LabelSetCatalog.entries["imagenet"]).labels
    #expect(labels.count == 1000 && Set(labels).count == 1000)
    #expect(labels[0] == "tench" && labels[281] == "tabby" && labels[999] == "toilet tissue")
    #expect(LabelSetCatalog.entries["imagenet-1001"]?.labels.count == 1001)
  }
}
