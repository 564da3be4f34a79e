public import Foundation
public import TensorCore

extension Explanation {
  /// The bytes of an `.npz` archive of the explanation: `map` on the layer's grid, `aligned` at the
  /// positions of the input, `scores`, the `input` as the network received it, and `preprocessing`, a
  /// line of text for each thing that was done to it with its origin in parentheses; `places` says how
  /// much each position of the output counts, where it has some, and `standard_errors` how far the map is due
  /// to chance at each position, where masks are random; `channel_weights` are there where the plan keeps them.
  ///
  /// - Parameters:
  ///   - input: The prepared input, `[channels, positions…]`.
  ///   - preparation: How it was prepared.
  /// - Returns: The bytes; the same explanation always gives the same.
  /// - Throws: `TensorError` when the archive would pass 4 GB.
  public func archive(
    input: Tensor, preparation: PreparationRecord = PreparationRecord()
  ) throws(TensorError) -> [UInt8] {
    var arrays: [(String, NPYContents)] = [
      ("map", .tensor(map)), ("aligned", .tensor(aligned)),
      ("scores", .tensor(Tensor(shape: [scores.count], elements: scores))),
      ("input", .tensor(input)),
    ]
    if let standardErrors { arrays.append(("standard_errors", .tensor(standardErrors))) }
    if let channelWeights {
      let weights = Tensor(shape: [channelWeights.count], elements: channelWeights)
      arrays.append(("channel_weights", .tensor(weights)))
    }
    if let places { arrays.append(("places", .tensor(places))) }
    let lines = preparation.entries.map { "\($0.name): \($0.value) (\($0.origin))" }
    if !lines.isEmpty { arrays.append(("preprocessing", .texts(lines))) }
    return try NPZArchive.bytes(of: arrays)
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
