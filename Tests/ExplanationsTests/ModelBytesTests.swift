import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

struct ModelBytesTests {
  private let folder: TemporaryFolder
  private let url: URL
  private let bytes: Data

  init() throws {
    folder = try TemporaryFolder()
    url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writeSpectra(to: url)
    bytes = try Data(contentsOf: url)
  }

  @Test func `a network in memory is explained as from its file`() throws {
    let read = try Model(contentsOf: url)
    // Bytes may be a part of something larger.
    let slice = (Data([1, 2, 3]) + bytes).dropFirst(3)
    let input = Tensor(shape: [1, 20], elements: (0..<20).map { Float($0) - 7 })
    let samples = try [read, Model(bytes: slice, name: "tiny.onnx")].map { model in
      #expect(model.name == "tiny.onnx")
      #expect(model.information.labels == ["up", "down"])
      let plan = try ExplanationPlan(model, methods: [ChosenMethod("1d-grad-cam")])
      return try Explainer(model, plan).explain([input])[0]
    }
    #expect(samples[0].scores == samples[1].scores)
    #expect(samples[0].explanations[0].aligned == samples[1].explanations[0].aligned)
  }

  @Test func `what the caller knows better is taken over the metadata`() throws {
    var overrides = ModelInformation()
    overrides.labels = ["more", "less"]
    let model = try Model(bytes: bytes, name: "trained", overrides: overrides)
    #expect(model.label(1) == "less")
    #expect(model.url == nil)
    #expect(model.information.preprocessing == "none")
  }

  @Test func `bytes that are no network are refused by name`() {
    #expect {
      try Model(bytes: Data("text".utf8), name: "trained")
    } throws: { "\($0)".contains("trained") && "\($0)".contains("not an ONNX model") }
  }

  @Test func `the digest of bytes is that of their file`() throws {
    #expect(try ModelDigest.sha256(of: url) == ModelDigest.sha256(of: bytes))
  }
}
