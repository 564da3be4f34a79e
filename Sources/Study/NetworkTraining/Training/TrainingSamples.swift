package import TensorCore

/// What a network is trained on, sample by sample.
package protocol TrainingSamples {
  /// The shape of a sample, as the network takes it, without the sample axis.
  var sampleShape: Shape { get }

  /// How many there are.
  var count: Int { get }

  /// In how many versions every step has each of its samples, such as plain and with a part hidden.
  var versionCount: Int { get }

  /// A text that other samples do not have, so that no training is resumed with them.
  var identity: String { get }

  /// Gets ready for an epoch, whose samples may depend on what the network has become.
  ///
  /// - Parameters:
  ///   - epoch: The number of the epoch, from 0.
  ///   - weights: What the network has learned so far.
  /// - Throws: Why samples cannot be made.
  func prepare(epoch: Int, weights: () -> NetworkWeights) throws

  /// Appends the numbers of a sample as it is seen in an epoch.
  ///
  /// - Parameters:
  ///   - place: Which sample is meant.
  ///   - numbers: Where the numbers of its shape are appended.
  ///   - target: What the loss compares the scores with; changed where the sample was.
  ///   - generator: What chance is drawn from.
  /// - Throws: Why there is no such sample.
  func append(
    _ place: SamplePlace, to numbers: inout [Float], target: inout ArraySlice<Float>,
    using generator: inout SplitMix64
  ) throws
}

/// Which sample is meant, and when.
package struct SamplePlace: Sendable, Hashable {
  /// The index of the sample.
  package let index: Int

  /// Which of its versions.
  package let version: Int

  /// The epoch, from 0.
  package let epoch: Int
}

extension TrainingSamples {
  /// Every sample is there once.
  package var versionCount: Int { 1 }

  /// There is nothing to do.
  package func prepare(epoch: Int, weights: () -> NetworkWeights) {}
}

/// Samples that nothing is learned from, but that tell how well a network does.
package protocol ValidationSamples: Sendable {
  /// How many there are.
  var count: Int { get }

  /// Appends the numbers of a sample.
  ///
  /// - Parameters:
  ///   - index: Which.
  ///   - numbers: Where they are appended.
  func append(_ index: Int, to numbers: inout [Float])
}

/// Samples in memory.
struct SampleRows: ValidationSamples {
  let rows: [[Float]]

  var count: Int { rows.count }

  func append(_ index: Int, to numbers: inout [Float]) { numbers += rows[index] }
}
