/// The positions of the points of a spectrum, and what they are measured in.
public struct SpectralAxis: Codable, Hashable, Sendable {
  /// The positions, finite and strictly increasing or strictly decreasing.
  public let positions: [Double]

  /// What the positions are measured in.
  public let unit: AxisUnit

  /// Creates an axis.
  ///
  /// - Parameters:
  ///   - positions: At least one, finite, strictly increasing or strictly decreasing.
  ///   - unit: What they are measured in.
  /// - Throws: `SpectrumError` naming the position that breaks the order.
  public init(positions: [Double], unit: AxisUnit) throws(SpectrumError) {
    guard let first = positions.first else {
      throw SpectrumError(.invalidAxis, "an axis needs at least one position")
    }
    guard first.isFinite else {
      throw SpectrumError(.invalidAxis, "position 1 (\(first)) is not a finite number")
    }
    let ascends = positions.count < 2 || positions[1] > first
    for index in positions.indices.dropFirst() {
      let (before, position) = (positions[index - 1], positions[index])
      guard position.isFinite, ascends ? position > before : position < before else {
        throw SpectrumError(
          .invalidAxis,
          "position \(index + 1) (\(position)) does not lie beyond the one before it (\(before)); "
            + "sort the points and remove repeated ones")
      }
    }
    self.positions = positions
    self.unit = unit
  }

  /// The positions 0, 1, 2… of points about which nothing else is known.
  ///
  /// - Parameter count: How many, at least one.
  public init(indexCount count: Int) {
    precondition(count > 0, "an axis needs at least one position")
    positions = (0..<count).map(Double.init)
    unit = .index
  }

  /// Decodes an axis and checks it.
  ///
  /// - Parameter decoder: Holds `positions` and `unit`.
  /// - Throws: `SpectrumError` when the positions are not in order, or a decoding error.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      positions: container.decode([Double].self, forKey: .positions),
      unit: container.decode(AxisUnit.self, forKey: .unit))
  }

  /// The number of points.
  public var count: Int { positions.count }

  /// What is written at the axis, with the unit.
  public var label: String { unit.label }

  /// Whether positions are drawn from high at the left to low at the right.
  public var isDrawnReversed: Bool { unit.isDrawnReversed }
}
