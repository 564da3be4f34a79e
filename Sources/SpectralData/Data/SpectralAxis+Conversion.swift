extension SpectralAxis {
  /// The same points measured in another unit.
  ///
  /// Wavenumber is 10⁷ / wavelength in nanometers; a Raman shift is the wavenumber of the laser minus
  /// that of the light. The points keep their order, so positions that rose may fall afterwards.
  ///
  /// - Parameters:
  ///   - unit: What to measure in.
  ///   - laserWavelength: Wavelength of the exciting laser in nanometers; needed from or to a Raman
  ///     shift.
  /// - Returns: An axis of as many positions.
  /// - Throws: `SpectrumError` when the positions count points, the laser is missing, or a position
  ///   has no counterpart (a wavelength or an absolute wavenumber that is not above zero).
  package func converted(
    to unit: AxisUnit, laserWavelength: Double? = nil
  ) throws(SpectrumError) -> SpectralAxis {
    if unit == self.unit { return self }
    guard self.unit != .index, unit != .index else {
      throw SpectrumError(
        .invalidAxis, "positions that merely count points cannot be converted; name their unit")
    }
    var laser = 0.0
    if self.unit == .ramanShift || unit == .ramanShift {
      guard let laserWavelength, laserWavelength.isFinite, laserWavelength > 0 else {
        throw SpectrumError(
          .invalidAxis, "a Raman shift is converted with the wavelength of the laser in nm; give it"
        )
      }
      laser = 1e7 / laserWavelength
    }
    var converted: [Double] = []
    converted.reserveCapacity(count)
    for (index, position) in positions.enumerated() {
      let wavenumber = Self.wavenumber(position, self.unit, laser)
      let result = Self.position(wavenumber, unit, laser)
      guard wavenumber > 0, wavenumber.isFinite, result.isFinite else {
        throw SpectrumError(
          .invalidAxis,
          "position \(index + 1) (\(position) \(symbol)) has no counterpart in \(unit.symbol)")
      }
      converted.append(result)
    }
    return try SpectralAxis(positions: converted, unit: unit)
  }

  /// The unit alone.
  private var symbol: String { unit.symbol }

  private static func wavenumber(_ position: Double, _ unit: AxisUnit, _ laser: Double) -> Double {
    switch unit {
    case .reciprocalCentimeter, .index: position
    case .ramanShift: laser - position
    case .nanometer: 1e7 / position
    case .micrometer: 1e4 / position
    }
  }

  private static func position(_ wavenumber: Double, _ unit: AxisUnit, _ laser: Double) -> Double {
    switch unit {
    case .reciprocalCentimeter, .index: wavenumber
    case .ramanShift: laser - wavenumber
    case .nanometer: 1e7 / wavenumber
    case .micrometer: 1e4 / wavenumber
    }
  }

  /// Whether the positions rise; an axis of one point does.
  package var isAscending: Bool { count < 2 || positions[1] > positions[0] }

  /// The lowest and the highest position.
  package var range: ClosedRange<Double> {
    let (first, last) = (positions[0], positions[count - 1])
    return min(first, last)...max(first, last)
  }

  /// Whether neighbors lie at one distance, to a thousandth of it.
  package var isEvenlySpaced: Bool {
    guard count > 2 else { return true }
    let step = (positions[count - 1] - positions[0]) / Double(count - 1)
    return positions.indices.allSatisfy {
      abs(positions[$0] - (positions[0] + Double($0) * step)) <= 1e-3 * abs(step)
    }
  }

  /// The numbers of the points that lie in a range, which may be empty.
  ///
  /// - Parameter range: In the unit of the axis; both ends belong to it.
  /// - Returns: Neighboring points.
  package func indices(in range: ClosedRange<Double>) -> Range<Int> {
    guard let first = positions.firstIndex(where: range.contains),
      let last = positions.lastIndex(where: range.contains)
    else { return 0..<0 }
    return first..<last + 1
  }

  /// An axis of evenly spaced positions.
  ///
  /// - Parameters:
  ///   - first: The first position, finite.
  ///   - last: The last position, finite and not the first unless there is one point.
  ///   - count: How many, from 1 to 2²².
  ///   - unit: What they are measured in.
  /// - Throws: `SpectrumError` when such an axis cannot be.
  package init(
    from first: Double, through last: Double, count: Int, unit: AxisUnit
  ) throws(SpectrumError) {
    guard (1...Self.greatestCount).contains(count) else {
      throw SpectrumError(
        .invalidAxis, "an axis has 1 to \(Self.greatestCount) points, not \(count)")
    }
    guard first.isFinite, last.isFinite, count == 1 || first != last else {
      throw SpectrumError(
        .invalidAxis, "\(count) points cannot lie between \(first) and \(last)")
    }
    let step = count > 1 ? (last - first) / Double(count - 1) : 0
    try self.init(
      positions: (0..<count).map { $0 == count - 1 && $0 > 0 ? last : first + Double($0) * step },
      unit: unit)
  }

  /// The most points that a file may claim for one spectrum.
  static let greatestCount = 1 << 22
}
