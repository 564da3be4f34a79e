import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

/// Readers of text: convolutions, then recurrent layers both ways.
struct RecurrentNetworkTests {
  /// A network and the place of the logit that its maps are about.
  struct Reader: Sendable {
    let name: String
    let logit: [Int]
  }

  static let readers = [
    Reader(name: "crnn-lstm", logit: [4, 0, 6]), Reader(name: "crnn-gru", logit: [0, 10, 3]),
  ]

  private static let layer = "/body/body.4/body.4.2/Relu_output_0"

  @Test(.needsShared("cases/networks"), arguments: readers)
  func scoresAndMapsAreThoseOfTorch(reader: Reader) throws {
    let folder = try #require(SharedData.folder("cases/networks/\(reader.name)"))
    let expected = try NPZArchive(contentsOf: folder.appending(path: "expected.npz"))
    let picture = try NPYFile(contentsOf: folder.appending(path: "image.npy")).tensor
    let model = try ONNXFile(contentsOf: folder.appending(path: "model.onnx")).imported()
    let builder = GraphBuilder(model.graph)
    let output = builder.value(model.graph.outputs[0].value)
    var weights = Tensor(shape: output.shape, repeating: 0)
    weights[reader.logit[0], reader.logit[1], reader.logit[2]] = 1
    let activation = builder.value(try #require(model.value(named: Self.layer)))
    let gradient = try builder.gradients(
      of: [Seed(output, weights: builder.constant(weights))], withRespectTo: [activation])[0]
    builder.output("grad_cam", (activation * gradient.mean(over: .positions)).sum(over: .channels))
    builder.output("hires_cam", (activation * gradient).sum(over: .channels))
    let results = try Program(builder.finish().canonicalized()).run([
      model.graph.inputs[0].name: picture
    ]).byName
    let name = model.graph.outputs[0].name
    try expectClose(
      #require(results[name]), expected["output:\(name)"], absolute: 1e-5, relative: 1e-4)
    for key in ["grad_cam", "hires_cam"] {
      let map = try #require(results[key])
      let reference = try expected[key]
      let range = Double(
        (reference.elements.max() ?? 0) - (reference.elements.min() ?? 0))
      expectClose(
        map.reshaped(to: reference.shape), reference, absolute: 1e-4 * range, relative: 0, key)
    }
  }
}
