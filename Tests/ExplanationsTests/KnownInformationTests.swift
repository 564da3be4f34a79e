import Foundation
import TestSupport
import Testing

@testable import Explanations

/// What exporters, hubs and users leave in and beside files of networks.
struct KnownInformationTests {
  private func beside(_ files: [String: String], folder name: String = "") throws
    -> ModelInformation
  {
    let folder = try TemporaryFolder()
    for (name, text) in files { _ = try folder.write(text, to: name) }
    let inner = folder.url.appending(path: name)
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    return FilesBeside(inner.appending(path: "model.onnx")).information
  }

  @Test func `a vision transformer's configuration of the hub is found`() throws {
    let known = try beside(
      [
        "preprocessor_config.json": """
        {"do_normalize": true, "do_rescale": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
         "image_std": [0.5, 0.5, 0.5], "resample": 2, "rescale_factor": 0.00392156862745098,
         "size": {"height": 224, "width": 224}}
        """,
        "config.json": #"{"id2label": {"0": "cat", "1": "dog"}, "label2id": {"cat": 0, "dog": 1}}"#,
      ], folder: "onnx")
    #expect(known.mean == [0.5, 0.5, 0.5] && known.scale == [0.5, 0.5, 0.5])
    #expect(known.isUnitRange == true && known.interpolation == "bilinear")
    #expect(known.resizeShortSide == nil && known.inputSize == [224, 224])
    #expect(known.labels == ["cat", "dog"])
    #expect(known.origins[.mean] == .file("preprocessor_config.json"))
    #expect(known.origins[.labels] == .file("config.json"))
    #expect(
      known.findings
        == "labels and preprocessing found in config.json, preprocessor_config.json")
    #expect(known.attributed(to: .option).findings == nil)
  }

  @Test func `crops of the hub become short sides`() throws {
    let resnet = PreprocessorConfiguration([
      "crop_pct": 0.875, "size": ["shortest_edge": 224], "image_mean": [0.485, 0.456, 0.406],
      "image_std": [0.229, 0.224, 0.225], "do_resize": true,
    ]).information
    #expect(resnet.resizeShortSide == 256 && resnet.centerCrop == 224)
    let mobile = PreprocessorConfiguration([
      "do_center_crop": true, "crop_size": ["height": 224, "width": 224],
      "size": ["shortest_edge": 256], "do_normalize": false,
    ]).information
    #expect(mobile.resizeShortSide == 256 && mobile.inputSize == [224, 224])
    #expect(mobile.mean == [0] && mobile.scale == [1])
  }

  @Test func `pixels that are divided by half of 255 come out the same`() {
    let known = PreprocessorConfiguration([
      "image_mean": [1.0, 1.0, 1.0], "image_std": [1.0, 1.0, 1.0],
      "rescale_factor": 1 / 127.5,
    ]).information
    // (2 x - 1) / 1 of x in 0…1.
    #expect(known.mean == [0.5, 0.5, 0.5] && known.scale == [0.5, 0.5, 0.5])
  }

  @Test func `timm's configuration is found in both places`() throws {
    let text = """
      {"mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25], "input_size": [3, 288, 288],
       "crop_pct": 0.95, "interpolation": "bicubic"}
      """
    let beside = try beside([
      "config.json": #"{"pretrained_cfg": \#(text), "label_names": ["a", "b"]}"#
    ])
    let inside = MetadataInformation.information(["pretrained_cfg": text])
    for known in [beside, inside] {
      #expect(known.mean == [0.5, 0.5, 0.5] && known.scale == [0.25, 0.25, 0.25])
      #expect(known.resizeShortSide == 303 && known.inputSize == [288, 288])
      #expect(known.interpolation == "bicubic")
    }
    #expect(beside.labels == ["a", "b"])
  }

  @Test func `metadata of Ultralytics says names, size and padding`() {
    let metadata = [
      "author": "Ultralytics", "imgsz": "[480, 640]", "stride": "32", "task": "detect",
      "names": #"{0: 'person', 1: "driver's seat", 2: 'traffic light'}"#,
    ]
    let known = MetadataInformation.information(metadata)
    #expect(known.labels == ["person", "driver's seat", "traffic light"])
    #expect(known.inputSize == [480, 640] && known.padding == 114)
    #expect(known.isUnitRange == true && known.mean == [0] && known.scale == [1])
    let classifier = MetadataInformation.information(
      metadata.merging(["task": "classify", "imgsz": "[224, 224]"]) { $1 })
    #expect(classifier.padding == nil && classifier.resizeShortSide == 224)
  }

  @Test func `characters of Paddle stand between the blank and a space`() {
    let known = MetadataInformation.information(["character": "0\n1\n'\n"])
    #expect(known.labels == ["blank", "0", "1", "'", " "])
  }

  @Test func `a Teachable Machine takes pixels to -1…1`() throws {
    let known = try beside(["metadata.json": #"{"tmVersion": "2.4.7", "labels": ["a", "b"]}"#])
    #expect(known.labels == ["a", "b"] && known.preset == "tf")
  }

  static let lists: [(text: String, labels: [String])] = [
    ("cat\ndog\n\n", ["cat", "dog"]), ("0 cat\n1 Guinea pig\n", ["cat", "Guinea pig"]),
    ("0:cat\n1:dog", ["cat", "dog"]), ("1 cat\n2 dog", ["1 cat", "2 dog"]),
    (#"["cat", "dog"]"#, ["cat", "dog"]), (#"{"1": "dog", "0": "cat"}"#, ["cat", "dog"]),
    (#"{"0": ["n01", "cat"], "1": ["n02", "dog"]}"#, ["cat", "dog"]),
    (#"{"dog": 1, "cat": 0}"#, ["cat", "dog"]),
  ]

  @Test(arguments: lists)
  func `labels are read as people keep them`(text: String, labels: [String]) throws {
    #expect(try LabelList.labels(Data(text.utf8), name: "labels") == labels)
  }

  @Test(arguments: [
    ("cat\n\ndog\n", "line 2 is empty"), ("\n\n", "holds no labels"),
    (#"{"0": "cat", "2": "dog"}"#, "without a gap"), (#"[1, 2]"#, "neither a list"),
  ])
  func `lists with gaps are refused`(text: String, part: String) {
    let error = #expect(throws: ExplanationError.self) {
      try LabelList.labels(Data(text.utf8), name: "labels.txt")
    }
    #expect(error?.description.hasPrefix("labels.txt: ") == true)
    #expect(error?.description.contains(part) == true)
  }

  @Test func `a better source replaces how values are scaled as a whole`() {
    var weak = ModelInformation()
    weak.mean = [0.5]
    weak.scale = [0.5]
    weak.interpolation = "bilinear"
    weak = weak.attributed(to: .file("config.json"))
    var better = ModelInformation()
    better.mean = [127]
    better = better.attributed(to: .file("net.json"))
    let known = weak.replaced(by: better)
    #expect(known.mean == [127] && known.scale == nil && known.interpolation == "bilinear")
    #expect(known.origins == [.mean: .file("net.json"), .interpolation: .file("config.json")])
    var preset = ModelInformation()
    preset.preset = "caffe"
    #expect(known.overridden(by: preset).known == [.preset, .interpolation])
  }
}
