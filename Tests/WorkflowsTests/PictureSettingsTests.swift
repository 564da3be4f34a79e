import Catalogs
import Explanations
import Foundation
import ImageData
import TensorCore
import TestSupport
import Testing

@testable import Workflows

struct PictureSettingsTests {
  private func origins(_ settings: PictureSettings) -> [String: String] {
    Dictionary(settings.record.entries.map { ($0.name, $0.origin) }) { first, _ in first }
  }

  @Test func `each entry says where it comes from`() throws {
    var known = ModelInformation()
    known.mean = [0.5]
    known.scale = [0.25]
    known = known.attributed(to: .file("net.json"))
    var option = ModelInformation()
    option.scale = [2]
    option.resizeShortSide = 20
    known = known.overridden(by: option)
    let settings = try PictureSettings(known, shape: [3, 16, 16])
    #expect(settings.preprocessing.mean == [0.5] && settings.preprocessing.scale == [2])
    #expect(
      origins(settings) == [
        "short side": "option", "interpolation": "assumed", "color": "assumed",
        "value range": "assumed", "mean": "net.json", "scale": "option",
      ])
    #expect(!settings.record.isAssumed && settings.warnings.isEmpty)
  }

  @Test func `what nobody knows is assumed and that is a warning`() throws {
    let settings = try PictureSettings(ModelInformation(), shape: [3, 16, 16])
    #expect(settings.record.isAssumed && settings.preprocessing.mean == [0.485, 0.456, 0.406])
    #expect(settings.warnings.count == 1)
    #expect(settings.warnings[0].contains("preset imagenet is assumed"))
    #expect(settings.warnings[0].contains("vitrine predict --presets"))
    let gray = try PictureSettings(ModelInformation(), shape: [1, 16, 16])
    #expect(gray.preprocessing.mean == [0] && gray.preprocessing.channelOrder == .gray)
  }

  @Test(arguments: Array(PicturePresetCatalog.entries))
  func `a preset scales a picture by its numbers`(preset: PicturePreset) throws {
    var known = ModelInformation()
    known.preset = preset.id
    let settings = try PictureSettings(known, shape: [3, 2, 2])
    let pixel: [UInt8] = [200, 100, 50]
    let picture = Picture(
      width: 2, height: 2, pixels: Array([[UInt8]](repeating: pixel, count: 4).joined()))
    let input = try settings.preprocessing.prepare(picture).input.elements
    let stored = preset.channelOrder == .bgr ? Array(pixel.reversed()) : pixel
    for channel in 0..<3 {
      let sample = Double(stored[channel]) / (preset.valueRange == .zeroToOne ? 255 : 1)
      let mean = Double(preset.mean[min(channel, preset.mean.count - 1)])
      let scale = Double(preset.scale[min(channel, preset.scale.count - 1)])
      // Single precision.
      #expect(abs(Double(input[4 * channel]) - (sample - mean) / scale) < 1e-4)
    }
    #expect(origins(settings)["mean"] == "preset \(preset.id)")
    let gray = try PictureSettings(known, shape: [1, 2, 2])
    #expect(gray.preprocessing.mean.count == 1)
  }

  @Test func `an unknown preset names those there are`() {
    var known = ModelInformation()
    known.preset = "imagnet"
    let error = #expect(throws: WorkflowError.self) {
      try PictureSettings(known, shape: [3, 2, 2])
    }
    #expect(error?.description.contains(#"Did you mean "imagenet"?"#) == true)
  }

  @Test func `all presets are set side by side`() async throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    let picture = Picture(
      width: 16, height: 16,
      pixels: Array([[UInt8]](repeating: [250, 120, 10], count: 256).joined()))
    try picture.writePNG(to: folder.path("red.png"))
    let workflow = PresetWorkflow(
      model: ModelSettings(path: folder.path("tiny.onnx")), inputs: [folder.path("red.png")])
    let result = try await workflow.run()
    let rows = try #require(result.comparisons.first).rows
    // The network's own, and presets of equal numbers once.
    #expect(rows.map(\.presets).first == [] && rows.count == 8)
    #expect(rows[1].presets == ["imagenet", "torch"])
    let caffe = try #require(rows.first { $0.presets == ["caffe"] })
    #expect(caffe.top.label == "blue" && rows[0].top.label == "red")
  }

  @Test func `files of other settings are kept unless they may be replaced`() async throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    try Picture(width: 16, height: 16, pixels: [UInt8](repeating: 90, count: 768))
      .writePNG(to: folder.path("gray.png"))
    func run(rectified: String, replaces: Bool) async throws -> ExplainResult {
      let method = try ChosenMethod("grad-cam", settings: ["rectified": rectified])
      var request = ExplanationRequest(
        model: ModelSettings(path: url.path), inputs: [folder.path("gray.png")], methods: [method])
      request.targets = ["red"]
      var workflow = ExplainWorkflow(request)
      workflow.folder = folder.path("maps")
      workflow.replacesFiles = replaces
      return try await workflow.run()
    }
    #expect(try await run(rectified: "true", replaces: false).failures.isEmpty)
    #expect(try await run(rectified: "true", replaces: false).failures.isEmpty)
    let failures = try await run(rectified: "false", replaces: false).failures
    #expect(failures.count == 1)
    #expect(
      failures.first?.message.contains(
        "is there already, with settings rectified=true, not rectified=false; --force") == true)
    #expect(try await run(rectified: "false", replaces: true).failures.isEmpty)
  }
}
