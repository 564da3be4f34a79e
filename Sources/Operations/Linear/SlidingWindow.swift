public import GraphIR
import TensorCore

/// How a kernel slides over the positions of its input; one entry per spatial axis.
public struct SlidingWindow: Hashable, Sendable {
  /// The distance between neighbouring placements, at least 1.
  public let strides: [Int]

  /// The distance between neighbouring taps of the kernel, at least 1.
  public let dilations: [Int]

  /// How many positions are added before the input, zero or more.
  public let paddingBefore: [Int]

  /// How many positions are added after the input, zero or more.
  public let paddingAfter: [Int]

  /// The largest value of any setting; files with larger ones are refused.
  private static let maximumSetting = 1 << 24

  /// Creates a window; `rank` is the number of spatial axes.
  public init(
    rank: Int, strides: [Int]? = nil, dilations: [Int]? = nil,
    paddingBefore: [Int]? = nil, paddingAfter: [Int]? = nil
  ) {
    self.strides = strides ?? Array(repeating: 1, count: rank)
    self.dilations = dilations ?? Array(repeating: 1, count: rank)
    self.paddingBefore = paddingBefore ?? Array(repeating: 0, count: rank)
    self.paddingAfter = paddingAfter ?? Array(repeating: 0, count: rank)
  }

  /// The number of spatial axes.
  public var rank: Int { strides.count }

  /// Whether anything is added around the input.
  public var isPadded: Bool { (paddingBefore + paddingAfter).contains { $0 != 0 } }

  /// How many placements fit along each axis.
  ///
  /// - Parameters:
  ///   - input: The positions of the input.
  ///   - kernel: The taps along each axis.
  /// - Returns: The number of placements per axis, at least 1.
  /// - Throws: `GraphError` when the settings make no sense or nothing fits.
  public func outputPositions(input: [Int], kernel: [Int]) throws(GraphError) -> [Int] {
    try check(rank: input.count, kernel: kernel)
    guard input.allSatisfy({ (0...Graph.maximumElementCount).contains($0) }) else {
      throw GraphError(.tooLarge, "positions \(input) are negative or huge")
    }
    var positions: [Int] = []
    for axis in 0..<rank {
      let padded = input[axis] + paddingBefore[axis] + paddingAfter[axis]
      let extent = (kernel[axis] - 1) * dilations[axis] + 1
      guard padded >= extent else {
        throw GraphError(
          .shapeMismatch,
          "a kernel that spans \(extent) does not fit in \(padded) positions (axis \(axis))")
      }
      positions.append((padded - extent) / strides[axis] + 1)
    }
    return positions
  }

  private func check(rank: Int, kernel: [Int]) throws(GraphError) {
    let counts = [
      strides.count, dilations.count, paddingBefore.count, paddingAfter.count, kernel.count,
    ]
    guard counts.allSatisfy({ $0 == rank }) else {
      throw GraphError(
        .shapeMismatch, "a window over \(self.rank) axes does not fit \(rank) spatial axes")
    }
    let positive = strides + dilations + kernel
    let nonNegative = paddingBefore + paddingAfter
    guard
      positive.allSatisfy({ (1...Self.maximumSetting).contains($0) }),
      nonNegative.allSatisfy({ (0...Self.maximumSetting).contains($0) })
    else {
      throw GraphError(
        .shapeMismatch, "strides, dilations, kernel or padding out of range: \(self)")
    }
  }
}

extension SlidingWindow: CustomStringConvertible {
  /// The settings that differ from their defaults.
  public var description: String {
    var parts: [String] = []
    if strides.contains(where: { $0 != 1 }) { parts.append("stride \(Self.times(strides))") }
    if dilations.contains(where: { $0 != 1 }) { parts.append("dilation \(Self.times(dilations))") }
    if isPadded {
      parts.append("padding \(Self.times(paddingBefore)) \(Self.times(paddingAfter))")
    }
    return parts.joined(separator: " ")
  }

  private static func times(_ values: [Int]) -> String {
    values.map(String.init).joined(separator: "×")
  }
}
