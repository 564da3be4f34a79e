import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

/// Maps and gradients against an independent implementation in double precision.
struct ReferenceMapTests {
  struct Case: CustomStringConvertible, Sendable {
    let network: String
    let layers: [String]

    var description: String { network }
  }

  static let cases = [
    Case(network: "cifar10-lenet", layers: ["/Relu_output_0", "/Relu_1_output_0"]),
    Case(
      network: "cifar10-resnet20",
      layers: [
        "/layer1/layer1.2/Relu_output_0", "/layer2/layer2.1/Add_output_0",
        "/layer3/layer3.2/Relu_1_output_0",
      ]),
    Case(
      network: "crepe-tiny", layers: ["/Relu_1_output_0", "/Relu_3_output_0", "/Relu_5_output_0"]),
    Case(
      network: "efficientnet-lite0",
      layers: [
        "/_blocks.4/_swish_1/Clip_output_0", "/_blocks.8/_swish_1/Clip_output_0",
        "/_swish_1/Clip_output_0",
      ]),
    Case(
      network: "ftirnet",
      layers: [
        "/features/features.2/Relu_output_0", "/features/features.6/Relu_output_0",
        "/features/features.10/Relu_output_0",
      ]),
    Case(network: "mobilenet-v1-025-128", layers: ["op6_relu6", "op13_relu6", "op26_relu6"]),
    Case(network: "mobilenet-v2", layers: ["op17_add", "op32_add", "op62_relu6"]),
    Case(
      network: "squeezenet1.1", layers: ["fire3/expand3x3_2", "fire6/squeeze1x1_2", "conv10_2"]),
    Case(network: "wheat-protein", layers: ["/Elu_output_0"]),
  ]

  /// All methods, layers and samples come from one plan, so from one forward pass.
  @Test(.needsShared("reference"), arguments: cases)
  func agreesWithTheReference(example: Case) throws {
    let shared = try #require(SharedData.folder("."))
    let reference = try NPZArchive(
      contentsOf: shared.appending(path: "reference/model-\(example.network).npz"))
    let input = try reference["input"]
    let model = try Model(
      contentsOf: shared.appending(path: "data/model-\(example.network)/model.onnx"))
    let methods = [
      try ChosenMethod("grad-cam"),
      try ChosenMethod("grad-cam", settings: ["rectified": "false"]),
      try ChosenMethod("hires-cam", settings: ["rectified": "false"]),
      try ChosenMethod("layer-cam"), try ChosenMethod("xgrad-cam"),
      try ChosenMethod("grad-cam-pp-library"), try ChosenMethod("grad-cam-elementwise"),
      try ChosenMethod("1d-grad-cam"),
      try ChosenMethod("gradient", settings: ["channels": "sum-magnitude"]),
    ]
    let plan = try ExplanationPlan(model, methods: methods, layers: example.layers)
    let inputs = (0..<input.shape[0]).map(input.part)
    let samples = try Explainer(model, plan).explain(inputs)
    let names = [
      "grad_cam", "grad_cam_signed", "hires_cam_signed", "layer_cam", "xgrad_cam",
      "grad_cam_plus_plus_library", "grad_cam_elementwise", "hires_cam_signed",
    ]
    for (index, sample) in samples.enumerated() {
      for (method, name) in names.enumerated() {
        for (place, layer) in example.layers.enumerated() {
          let map = sample.explanations[method * example.layers.count + place].map
          // Cubes of gradients and quotients of sums that nearly cancel round more.
          let isCoarse = ["xgrad_cam", "grad_cam_plus_plus_library"].contains(name)
          try expectSame(
            map, reference["\(layer)/\(name)"].part(index), within: isCoarse ? 1e-3 : 1e-4,
            "\(layer) \(name)")
        }
      }
      let gradient = try #require(sample.explanations.last).map
      let expected = try reference["input_gradient"].part(index)
      expectNearlySame(gradient, Self.magnitude(expected))
    }
  }

  /// A share of the range of the expected values.
  private func expectSame(
    _ actual: Tensor, _ expected: Tensor, within share: Double, _ comment: String
  ) throws {
    let range = Double((expected.elements.max() ?? 0) - (expected.elements.min() ?? 0))
    expectClose(actual, expected, absolute: share * range, relative: 0, comment)
  }

  /// As above, but for one position in two thousand: a rectifier whose input is within rounding of
  /// zero may be open in single precision and closed in double, which changes what lies below it.
  /// (PyTorch in single precision differs from itself in double in the same way.)
  private func expectNearlySame(_ actual: Tensor, _ expected: Tensor) {
    let range = (expected.elements.max() ?? 0) - (expected.elements.min() ?? 0)
    let others = zip(actual.elements, expected.elements).filter { abs($0 - $1) > 1e-4 * range }
    #expect(actual.shape == expected.shape)
    #expect(others.count <= expected.elements.count / 2000)
    // Even those stay within a twentieth of the range.
    #expect(others.allSatisfy { abs($0 - $1) < 0.05 * range })
  }

  private static func magnitude(_ gradient: Tensor) -> Tensor {
    let count = gradient.shape.elementCount / gradient.shape[0]
    var sums = [Float](repeating: 0, count: count)
    for (index, element) in gradient.elements.enumerated() { sums[index % count] += abs(element) }
    return Tensor(shape: Shape(Array(gradient.shape.extents.dropFirst())), elements: sums)
  }
}
