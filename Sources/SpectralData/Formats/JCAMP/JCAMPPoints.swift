/// The points of a block of a JCAMP-DX file.
struct JCAMPPoints {
  /// The positions.
  let positions: [Double]

  /// An ordinate at each, NaN where none was measured.
  let values: [Double]

  /// What was mended.
  var notes: [String] = []

  /// Decodes data of the form `(X++(Y..Y))`.
  ///
  /// - Throws: `SpectrumError` naming the line.
  init(even block: JCAMPBlock, _ data: JCAMPRecord) throws(SpectrumError) {
    let (last, delta) = (try block.number("LASTX"), try block.number("DELTAX"))
    let count = try Self.count(block)
    guard let first = try block.number("FIRSTX"), delta != nil || last != nil else {
      throw SpectrumError(
        .malformedFile,
        "the block in line \(block.line) needs ##FIRSTX= and ##LASTX= or ##DELTAX=",
        line: block.line)
    }
    func step(_ count: Int) -> Double? {
      if let last, count > 1 { return (last - first) / Double(count - 1) }
      return delta
    }
    let factor = try block.number("XFACTOR") ?? 1
    var ordinates = JCAMPOrdinates(
      JCAMPOrdinates.Grid(
        first: first, step: count.map(step) ?? delta, factor: factor, count: count))
    do throws(SpectrumError) {
      for line in data.lines.dropFirst() { try ordinates.decode(line) }
      try Self.check(ordinates.values.count, count, block, data)
    } catch {
      // One more or less than is said, where everything else fits what is there.
      guard let count, let last, !block.isUnended,
        let counted = Self.counted(data, first, last, factor),
        abs(counted.values.count - count) == 1
      else { throw error }
      ordinates = counted
      notes.append(
        "##NPOINTS= says \(count), but there are \(counted.values.count) points, which fit ##FIRSTX= and "
          + "##LASTX=")
    }
    let (scale, distance) = (try block.number("YFACTOR") ?? 1, step(ordinates.values.count) ?? 0)
    positions = ordinates.values.indices.map { first + Double($0) * distance }
    values = ordinates.values.map { $0 * scale }
  }

  /// All ordinates, whatever their number, if lines start where they must between the ends.
  private static func counted(
    _ data: JCAMPRecord, _ first: Double, _ last: Double, _ factor: Double
  ) -> JCAMPOrdinates? {
    var ordinates = JCAMPOrdinates(
      JCAMPOrdinates.Grid(first: first, step: nil, factor: factor, count: nil))
    for line in data.lines.dropFirst() {
      guard (try? ordinates.decode(line)) != nil else { return nil }
    }
    return ordinates.fits(first: first, last: last) ? ordinates : nil
  }

  /// Decodes data of the form `(XY..XY)`.
  ///
  /// - Throws: `SpectrumError` naming the line.
  init(pairs block: JCAMPBlock, _ data: JCAMPRecord) throws(SpectrumError) {
    let factors = (x: try block.number("XFACTOR") ?? 1, y: try block.number("YFACTOR") ?? 1)
    var (positions, values): ([Double], [Double]) = ([], [])
    for line in data.lines.dropFirst() {
      var scanner = JCAMPScanner(line)
      while !scanner.isAtEnd {
        let isPosition = positions.count == values.count
        if !isPosition, scanner.skipsMissing() {
          values.append(.nan)
          continue
        }
        let number = try scanner.decimal(.always).value
        if isPosition {
          positions.append(number * factors.x)
        } else {
          values.append(number * factors.y)
        }
      }
    }
    guard positions.count == values.count else {
      throw SpectrumError(
        .malformedFile, "the data in line \(data.line) end with an abscissa without its ordinate",
        line: data.line)
    }
    try Self.check(values.count, Self.count(block), block, data)
    (self.positions, self.values) = (positions, values)
  }

  private static func count(_ block: JCAMPBlock) throws(SpectrumError) -> Int? {
    guard let number = try block.number("NPOINTS") else { return nil }
    guard let count = Int(exactly: number), (1...SpectralAxis.greatestCount).contains(count) else {
      let line = block["NPOINTS"]?.line ?? block.line
      throw SpectrumError(
        .malformedFile,
        "line \(line): ##NPOINTS= \(ShortNumber.text(number)) is no number of points from 1 to "
          + "\(SpectralAxis.greatestCount)", line: line)
    }
    return count
  }

  private static func check(
    _ found: Int, _ count: Int?, _ block: JCAMPBlock, _ data: JCAMPRecord
  ) throws(SpectrumError) {
    guard !block.isUnended || count != nil else {
      throw SpectrumError(
        .malformedFile,
        "the block that starts in line \(block.line) has neither ##END= nor ##NPOINTS=; is the file cut "
          + "off?", line: block.line)
    }
    guard found == count ?? found, found > 0 else {
      throw SpectrumError(
        .malformedFile,
        "the data in line \(data.line) hold \(found) points, but ##NPOINTS= says \(count ?? 1); "
          + "lines are missing or damaged", line: data.line)
    }
  }
}
