package import Foundation
import GraphIR
import ONNXFormat
import Operations
import TensorCore

/// Networks whose scores and maps can be computed by hand.
package enum TinyNetwork {
  /// Writes a network for pictures of 16×16 pixels, `[1, 3, 16, 16]` in 0…1.
  ///
  /// The scores `red`, `green` and `blue` are the means of the channels, so Grad-CAM at the layer
  /// `kept` is the channel divided by 256.
  ///
  /// - Parameters:
  ///   - url: Where.
  ///   - sampleAxis: What the file calls the number of pictures; nil for one that insists on 1.
  /// - Throws: What writing throws.
  package static func writePictures(to url: URL, sampleAxis: String? = nil) throws {
    try write(
      to: url, shape: [1, 3, 16, 16], labels: ["red", "green", "blue"],
      weights: Tensor(shape: [3, 3, 1, 1], elements: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
      sampleAxis: sampleAxis)
  }

  /// Writes a network for spectra of 20 points, `[1, 1, 20]`.
  ///
  /// The scores `up` and `down` are the means of the positive and of the negative part.
  ///
  /// - Parameters:
  ///   - url: Where.
  ///   - known: What the metadata says besides the labels.
  /// - Throws: What writing throws.
  package static func writeSpectra(to url: URL, known: [String: Any] = [:]) throws {
    try write(
      to: url, shape: [1, 1, 20], labels: ["up", "down"],
      weights: Tensor(shape: [2, 1, 1], elements: [1, -1]), known: known)
  }

  private static func write(
    to url: URL, shape: Shape, labels: [String], weights: Tensor, known: [String: Any] = [:],
    sampleAxis: String? = nil
  ) throws {
    let builder = GraphBuilder()
    let input = builder.input("input", shape: shape)
    let window = SlidingWindow(rank: shape.rank - 2)
    let kept = input.convolved(with: builder.constant(weights), Convolution(window: window))
      .rectified
    builder.name(kept, "kept")
    let count = labels.count
    let identity = (0..<count * count).map { Float($0 % (count + 1) == 0 ? 1 : 0) }
    let means = kept.mean(over: .positions).reshaped(to: [1, count])
    builder.output(
      "scores",
      means.product(builder.constant(Tensor(shape: [count, count], elements: identity))))
    let standard: [String: Any] = [
      "labels": labels, "mean": 0, "scale": 1, "value_range": "0..1", "preprocessing": "none",
    ]
    let object = standard.merging(known) { _, own in own }
    let text = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    try ONNXWriter(metadata: ["vitrine": text], sampleAxis: sampleAxis)
      .write(try builder.finish(), to: url)
  }
}

/// A folder of its own for a test, removed when nobody holds it any more.
package final class TemporaryFolder: Sendable {
  /// Where it is.
  package let url: URL

  /// Makes an empty folder.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "vitrine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in it.
  package func path(_ name: String) -> String { url.path(percentEncoded: false) + "/" + name }

  /// Writes a text file and gives its path.
  package func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// The names of what is in a folder in it, sorted; empty when it is not there.
  package func names(in name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }
}
