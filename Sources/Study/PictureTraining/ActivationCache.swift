package import Foundation
import GraphExecution
import NetworkTraining
package import TensorCore

/// What a layer makes of many samples, in a file that is mapped into memory, in 16-bit numbers with the
/// range of `Float` (bfloat16).
///
/// The file has no name while it is used, so that nothing is left of it in the end.
package struct ActivationCache: Sendable {
  /// The shape of a sample, `[channels, positions…]`.
  package let sampleShape: Shape

  /// How many samples there are.
  package let count: Int

  private let bytes: Data

  /// Writes samples, and maps what was written.
  ///
  /// - Parameters:
  ///   - sampleShape: The shape of every sample.
  ///   - folder: Where the file is made.
  ///   - fill: Is given a function that appends a sample; called once.
  /// - Throws: What `fill` throws; `LearningError` when the file system refuses, as when it is full.
  package init(
    _ sampleShape: Shape, in folder: URL = FileManager.default.temporaryDirectory,
    fill: ((Tensor) throws -> Void) throws -> Void
  ) throws {
    let url = folder.appending(path: "vitrine-\(UUID().uuidString).activations")
    guard FileManager.default.createFile(atPath: url.path(percentEncoded: false), contents: nil)
    else { throw Self.refusal(url, "cannot be made") }
    defer { try? FileManager.default.removeItem(at: url) }
    var count = 0
    do {
      let file = try FileHandle(forWritingTo: url)
      defer { try? file.close() }
      try fill { sample in
        precondition(sample.shape == sampleShape, "samples of shape \(sampleShape)")
        try file.write(contentsOf: NarrowNumbers.bytes(of: sample.elements))
        count += 1
      }
    } catch let error as CocoaError {
      throw Self.refusal(url, "cannot be written: \(error.localizedDescription)")
    }
    guard let bytes = try? Data(contentsOf: url, options: count > 0 ? .alwaysMapped : []),
      bytes.count == 2 * count * sampleShape.elementCount
    else { throw Self.refusal(url, "cannot be read again; is the disk full?") }
    self.sampleShape = sampleShape
    self.count = count
    self.bytes = bytes
  }

  private static func refusal(_ url: URL, _ text: String) -> LearningError {
    LearningError(
      .invalidData, "\(url.path(percentEncoded: false)): the file of activations \(text)")
  }
}

extension ActivationCache: ValidationSamples {
  /// Appends the numbers of a sample.
  package func append(_ index: Int, to numbers: inout [Float]) {
    precondition((0..<count).contains(index), "a sample of \(count)")
    let size = sampleShape.elementCount
    NarrowNumbers.append(index * size..<(index + 1) * size, of: bytes, to: &numbers)
  }

  /// A sample.
  package subscript(index: Int) -> Tensor {
    var numbers: [Float] = []
    numbers.reserveCapacity(sampleShape.elementCount)
    append(index, to: &numbers)
    return Tensor(shape: sampleShape, elements: numbers)
  }
}

/// Some samples of a cache.
package struct CachedSamples: ValidationSamples {
  /// Where they are.
  package let cache: ActivationCache

  /// Which they are.
  package let indices: [Int]

  /// Chooses samples.
  package init(_ cache: ActivationCache, _ indices: [Int]) {
    self.cache = cache
    self.indices = indices
  }

  /// How many they are.
  package var count: Int { indices.count }

  /// Appends the numbers of a sample.
  package func append(_ index: Int, to numbers: inout [Float]) {
    cache.append(indices[index], to: &numbers)
  }
}
