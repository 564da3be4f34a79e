public import Foundation
public import TensorCore

extension Explanation {
  /// The bytes of an `.npz` archive of the explanation: `map` on the layer's grid, `aligned` at the
  /// positions of the input, `scores`, and the `input` as the network received it.
  ///
  /// - Parameter input: The prepared input, `[channels, positions…]`.
  /// - Returns: The bytes; the same explanation always gives the same.
  /// - Throws: `TensorError` when the archive would pass 4 GB.
  public func archive(input: Tensor) throws(TensorError) -> [UInt8] {
    try NPZArchive.bytes(of: [
      ("map", map), ("aligned", aligned),
      ("scores", Tensor(shape: [scores.count], elements: scores)), ("input", input),
    ])
  }
}

extension ExplanationManifest {
  /// The manifest as JSON with sorted keys.
  ///
  /// - Returns: UTF-8 text that ends with a line break.
  /// - Throws: `ExplanationError` when a number is not finite.
  public func json() throws(ExplanationError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(self) + Data("\n".utf8)
    } catch {
      throw ExplanationError(.unwritable, "the manifest cannot be written: \(error)")
    }
  }
}
