import Explanations
import Foundation
import TestSupport
import Testing

/// What the file beside a network says.
struct ModelInformationTests {
  static let spellings: [(json: String, check: @Sendable (ModelInformation) -> Bool)] = [
    (#"{"labels": ["a", "b"]}"#, { $0.labels == ["a", "b"] }),
    (#"{"classes": ["a", "b"]}"#, { $0.labels == ["a", "b"] }),
    (#"{"colour": "bgr"}"#, { $0.color == "bgr" }), (#"{"color": "bgr"}"#, { $0.color == "bgr" }),
    (#"{"mean": 0.5, "scale": 2}"#, { $0.mean == [0.5] && $0.scale == [2] }),
    (#"{"mean": [0.485, 0.456, 1]}"#, { $0.mean == [0.485, 0.456, 1] }),
    (#"{"value_range": "0..1"}"#, { $0.isUnitRange == true }),
    (#"{"value_range": "0..1 (divided by 255)"}"#, { $0.isUnitRange == true }),
    (#"{"value_range": "0..255"}"#, { $0.isUnitRange == false }),
    (#"{"resize_short_side": 256, "center_crop": 224.0}"#, { $0.centerCrop == 224 }),
    (#"{"interpolation": "bicubic (antialiased)"}"#, { $0.interpolation == "bicubic" }),
    (
      #"{"preprocessing_steps": [{"step": "snv", "mean": [1, 2.5], "flag": true, "a": null}]}"#,
      { $0.preprocessingSteps == #"[{"a":null,"flag":true,"mean":[1,2.5],"step":"snv"}]"# }
    ),
    (#"{"axis": [400, 402.5], "axis_unit": "nm"}"#, { $0.axisPositions == [400, 402.5] }),
    (#"{"input_size": [480, 640], "padding": 114}"#, { $0.inputSize == [480, 640] }),
    (#"{"preset": "caffe"}"#, { $0.preset == "caffe" }),
    (#"{"mean": null, "author": {"name": "x"}}"#, { $0 == ModelInformation() }),
  ]

  @Test(arguments: spellings.indices)
  func `every spelling is read`(index: Int) throws {
    let (json, check) = Self.spellings[index]
    let information = try JSONDecoder().decode(ModelInformation.self, from: Data(json.utf8))
    #expect(check(information), "\(json)")
  }

  @Test func `what is written is read back`() throws {
    var information = ModelInformation()
    information.labels = ["red/green", "blue"]
    information.color = "rgb"
    information.mean = [0.485]
    information.isUnitRange = false
    information.resizeShortSide = 256
    information.preprocessingSteps = #"[{"step":"snv"}]"#
    information.axisPositions = [1.5, 2]
    information.targetName = "protein %"
    let json = try JSONEncoder().encode(information)
    #expect(try JSONDecoder().decode(ModelInformation.self, from: json) == information)
  }

  @Test(arguments: [
    (#"{"mean": "bright"}"#, #""mean" should be a number or a list of numbers"#),
    (#"{"mean": [0.5, "x"]}"#, #""mean" should be a number or a list of numbers"#),
    (#"{"center_crop": 0}"#, #""center_crop" should be a whole number from 1 to 65536"#),
    (#"{"color": 3}"#, #""color" should be a text"#),
    (#"{"preprocessing_steps": "snv"}"#, #""preprocessing_steps" should be a list"#),
    (#"{"labels": "absent.txt"}"#, "there is no file of labels absent.txt beside it"),
    ("[1]", "tiny.json is not a JSON object"), ("{", "tiny.json is not a JSON object"),
  ])
  func `what is wrong is said with the file's name`(json: String, part: String) throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    _ = try folder.write(json, to: "tiny.json")
    let error = #expect(throws: ExplanationError.self) { try Model(contentsOf: url) }
    #expect(error?.code == .malformedSideFile)
    let text = error?.description ?? ""
    #expect(text.hasPrefix("tiny.json") && text.hasSuffix(part), "\(text)")
  }

  @Test func `labels may stand in a file of their own`() throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    _ = try folder.write("eins\nzwei\n drei\n", to: "names.txt")
    _ = try folder.write(#"{"labels": "names.txt"}"#, to: "tiny.json")
    #expect(try Model(contentsOf: url).information.labels == ["eins", "zwei", "drei"])
  }
}
