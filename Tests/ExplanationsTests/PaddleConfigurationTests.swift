import Foundation
import TestSupport
import Testing

@testable import Explanations

/// What PaddlePaddle's exporter leaves beside a classifier.
struct PaddleConfigurationTests {
  private func information(_ text: String) -> ModelInformation {
    PaddleConfiguration(Data(text.utf8)).information
  }

  private let classifier = """
    Global:
      model_name: PP-LCNet_x1_0
    Hpi:
      backend_configs:
        paddle_infer:
          trt_dynamic_shapes: &id001
            x:
            - - 1
              - 3
              - 224
    PreProcess:
      transform_ops:
      - ResizeImage:
          resize_short: 256
      - CropImage:
          size: 224
      - NormalizeImage:
          channel_num: 3
          mean:
          - 0.485
          - 0.456
          - 0.406
          order: ''
          scale: 0.00392156862745098
          std:
          - 0.229
          - 0.224
          - 0.225
      - ToCHWImage: null
    PostProcess:
      Topk:
        topk: 5
        label_list:
        - tench, Tinca tinca
        - great white shark, white shark, man-eater, man-eating shark, Carcharodon
          carcharias
        - 'jack-o''-lantern: a pumpkin'
        - '0'
    """

  @Test func `a classifier's crop, numbers and labels are found`() throws {
    let known = information(classifier)
    #expect(known.resizeShortSide == 256 && known.centerCrop == 224)
    #expect(known.inputSize == [224, 224] && known.color == "rgb" && known.isUnitRange == true)
    #expect(known.mean == [0.485, 0.456, 0.406] && known.scale == [0.229, 0.224, 0.225])
    #expect(
      known.labels == [
        "tench, Tinca tinca",
        "great white shark, white shark, man-eater, man-eating shark, Carcharodon carcharias",
        "jack-o'-lantern: a pumpkin", "0",
      ])
    #expect(known.remarks.isEmpty)
  }

  @Test func `it is found beside the network, and said`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(classifier, to: "inference.yml")
    let known = FilesBeside(folder.url.appending(path: "model.onnx")).information
    #expect(known.origins[.labels] == .file("inference.yml") && known.labels?.count == 4)
    #expect(known.findings == "labels and preprocessing found in inference.yml")
  }

  @Test func `sizes are columns by rows, lists may stand in brackets`() {
    let known = information(
      """
      PreProcess:
        transform_ops:
        - DecodeImage: {}
        - ResizeImage:
            size: [160, 80]
      """.replacing("{}", with: "null")
        + """

          - NormalizeImage:
              mean: [0.5, 0.5, 0.5]
              std: [0.5, 0.5, 0.5]
              scale: 1.0/127.5
              order: hwc
        PostProcess:
          Topk:
            label_list: [0_degree, "180_degree"]
        """)
    #expect(known.inputSize == [80, 160] && known.centerCrop == nil)
    // x / 127.5 of 0…255 is 2 x of 0…1.
    #expect(known.mean == [0.25, 0.25, 0.25] && known.scale == [0.25, 0.25, 0.25])
    #expect(known.labels == ["0_degree", "180_degree"])
  }

  @Test func `channels that are not turned round are blue first`() {
    let known = information(
      "PreProcess:\n  transform_ops:\n  - DecodeImage:\n      to_rgb: false\n")
    #expect(known.color == "bgr")
  }

  @Test func `a step that is not understood is named and leaves the labels`() {
    let known = information(classifier.replacing("CropImage", with: "RecResizeImg"))
    #expect(known.mean == nil && known.color == nil && known.labels?.count == 4)
    #expect(known.remarks.count == 1 && known.remarks[0].contains("RecResizeImg"))
  }

  @Test(arguments: [
    "- CropImage: {size: 224}", "- CropImage: *id001", "\t- CropImage",
    "- CropImage:\n    size: [1",
    "- \"a\\tb\"",
  ])
  func `a line that is not understood is named`(line: String) {
    let text = "# made by hand\n\nPreProcess:\n  transform_ops:\n  " + line + "\n"
    let known = information(text)
    #expect(known.known.isEmpty && known.remarks.count == 1, "\(known)")
    #expect(known.remarks.first?.contains("line \(line.contains("\n") ? 6 : 5) ") == true)
  }

  @Test(arguments: [
    "", "a", ":", "- ", "PreProcess", "PreProcess:", "PreProcess:\n  transform_ops: 3",
  ])
  func `what says nothing is nothing`(text: String) {
    #expect(information(text).known.isEmpty)
  }
}
