import TensorCore

/// The classes of samples: names in alphabetical order, and an index for every sample.
public struct ClassLabels: Hashable, Sendable {
  /// The classes, each once.
  public let names: [String]

  /// For every sample the index of its class in `names`.
  public let indices: [Int]

  /// Takes the classes from the samples.
  ///
  /// - Parameter labels: The class of every sample.
  public init(_ labels: [String]) {
    names = Set(labels).sorted()
    let index = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    indices = labels.compactMap { index[$0] }
  }

  /// Takes classes that are numbered already.
  ///
  /// - Parameters:
  ///   - indices: For every sample, an index of `names`.
  ///   - names: The classes.
  /// - Throws: `ChemometricsError` naming an index that has no name.
  public init(indices: [Int], names: [String]) throws(ChemometricsError) {
    if let sample = indices.firstIndex(where: { !names.indices.contains($0) }) {
      throw ChemometricsError(
        .lengthMismatch,
        "sample \(sample) is of class \(indices[sample]), but there are \(names.count) classes")
    }
    self.indices = indices
    self.names = names
  }

  private init(names: [String], selected: [Int]) {
    self.names = names
    indices = selected
  }

  /// How many samples there are.
  public var count: Int { indices.count }

  /// How many samples there are of every class.
  public var counts: [Int] {
    var counts = [Int](repeating: 0, count: names.count)
    for index in indices { counts[index] += 1 }
    return counts
  }

  /// The classes of some of the samples, with all names kept.
  ///
  /// - Parameter samples: Indices of samples.
  /// - Returns: Their classes in that order.
  public func selecting(_ samples: [Int]) -> ClassLabels {
    ClassLabels(names: names, selected: samples.map { indices[$0] })
  }

  /// One row per sample with a one at its class and zeros elsewhere.
  var oneHot: Matrix<Double> {
    var matrix = Matrix<Double>(rowCount: count, columnCount: names.count)
    for (sample, index) in indices.enumerated() { matrix[sample, index] = 1 }
    return matrix
  }
}
