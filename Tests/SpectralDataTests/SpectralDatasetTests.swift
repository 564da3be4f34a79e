import SpectralData
import TensorCore
import Testing

private func close(_ actual: [Double], _ expected: [Double]) -> Bool {
  actual.count == expected.count
    && zip(actual, expected).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
}

struct AxisConversionTests {
  // 10⁷ / 1000 nm = 10⁴ cm⁻¹; a laser of 785 nm is at 12738.853… cm⁻¹.
  @Test(arguments: [
    (AxisUnit.nanometer, [1000.0, 2500], AxisUnit.reciprocalCentimeter, [10_000.0, 4000]),
    (.reciprocalCentimeter, [4000, 400], .micrometer, [2.5, 25]),
    (.micrometer, [2.5, 25], .nanometer, [2500, 25_000]),
    (.ramanShift, [0, 1000], .nanometer, [785, 1e7 / (1e7 / 785 - 1000)]),
    (.nanometer, [785, 900], .ramanShift, [0, 1e7 / 785 - 1e7 / 900]),
  ])
  func `units are converted`(
    unit: AxisUnit, positions: [Double], target: AxisUnit, expected: [Double]
  ) throws {
    let axis = try SpectralAxis(positions: positions, unit: unit)
    let converted = try axis.converted(to: target, laserWavelength: 785)
    #expect(converted.unit == target && close(converted.positions, expected))
    let back = try converted.converted(to: unit, laserWavelength: 785)
    #expect(zip(back.positions, positions).allSatisfy { abs($0 - $1) < 1e-8 })
  }

  @Test func `what has no counterpart is refused`() throws {
    let zero = try SpectralAxis(positions: [0, 1], unit: .nanometer)
    let shift = try SpectralAxis(positions: [100, 20_000], unit: .ramanShift)
    #expect(throws: SpectrumError.self) { try zero.converted(to: .reciprocalCentimeter) }
    #expect(throws: SpectrumError.self) { try shift.converted(to: .nanometer) }
    #expect(throws: SpectrumError.self) {
      try shift.converted(to: .nanometer, laserWavelength: 785)
    }
    #expect(throws: SpectrumError.self) {
      try SpectralAxis(indexCount: 3).converted(to: .nanometer)
    }
  }
}

struct AxisInterpolationTests {
  private let rising = (positions: [1.0, 2, 4, 5], values: [Float(10), 20, 40, 0])

  @Test(arguments: [
    ([1.0, 1.5, 3, 4.5, 5], [Float(10), 15, 30, 20, 0]), ([5, 3, 1], [0, 30, 10]), ([2], [20]),
    ([5], [0]),
  ])
  func `values between neighbors lie on the line between them`(
    target: [Double], expected: [Float]
  ) throws {
    let wanted = try SpectralAxis(positions: target, unit: .nanometer)
    for isReversed in [false, true] {
      let positions = isReversed ? rising.positions.reversed() : rising.positions
      let axis = try SpectralAxis(positions: positions, unit: .nanometer)
      let values = isReversed ? rising.values.reversed() : rising.values
      #expect(try AxisInterpolation(from: axis, to: wanted).apply(to: values) == expected)
    }
  }

  @Test func `nothing is extrapolated and units are not mixed`() throws {
    let axis = try SpectralAxis(positions: rising.positions, unit: .nanometer)
    let beyond = try SpectralAxis(positions: [4, 5.5], unit: .nanometer)
    let other = try SpectralAxis(positions: [2, 3], unit: .micrometer)
    for target in [beyond, other] {
      let error = #expect(throws: SpectrumError.self) {
        try AxisInterpolation(from: axis, to: target)
      }
      #expect(error?.code == .invalidAxis)
    }
  }
}

struct SpectralDatasetTests {
  private func dataset(_ columns: [(String, [String])], roles: ColumnRoles? = nil) throws
    -> SpectralDataset
  {
    let count = columns[0].1.count
    return try SpectralDataset(
      axis: SpectralAxis(positions: [1, 2, 3], unit: .nanometer),
      rows: (0..<count).map { [Float($0), 1, 2] },
      metadata: columns.map { .init(name: $0.0, values: $0.1) }, roles: roles)
  }

  @Test func `columns are recognized by name, text that repeats is the label, numbers are targets`()
    throws
  {
    let named = try dataset([
      ("Sample ID", ["1", "1", "2"]), ("Class", ["0", "1", "0"]), ("fat", ["1.5", "", "2,5"]),
      ("id", ["7", "8", "9"]),
    ])
    #expect(named.roles == ColumnRoles(label: "Class", targets: ["fat"], group: "Sample ID"))
    #expect(named.labels == ["0", "1", "0"] && named.groups == ["1", "1", "2"])
    #expect(named.targets.map(\.name) == ["fat"])
    #expect(named.targets[0].values == [1.5, nil, 2.5])
    let text = try dataset([
      ("file", ["a", "b", "c", "d"]), ("origin", ["x", "x", "y", "y"]),
      ("y", ["1", "2", "3", "4"]),
    ])
    #expect(text.roles == ColumnRoles(label: "origin", targets: ["y"]))
  }

  @Test(arguments: [
    ("", ["3.5", "1.5", "2.5", "7", "5"]), ("anything", ["1", "2", "3", "4", "5"]),
    ("anything", ["9.5", "7.25", "7", "2", "-1"]), ("anything", ["3", "1", "2", "5", "4"]),
    ("scan_no", ["3.5", "1.5", "2.5", "7", "5"]), ("Operator", ["a", "b", "a", "b", "a"]),
    ("batch", ["1", "1", "2", "2", "3"]), ("plate_id", ["3.5", "1.5", "2.5", "7", "5"]),
    ("Measurement date", ["a", "b", "a", "b", "a"]),
    ("anything", ["2", "2", "2", "2", "2"]), ("anything", ["a", "b", "c", "d", "e"]),
    ("division", ["train", "test", "train", "Test", "train"]),
    ("anything", ["NA", "", "-", "n.d.", "?"]),
  ])
  func `columns that count, order, name or divide spectra have no role`(
    name: String, values: [String]
  ) throws {
    let data = try dataset([(name, values)])
    #expect(data.roles == ColumnRoles())
    let candidates = ColumnCandidates(data.metadata)
    #expect(candidates.others.map(\.name) == [name])
  }

  @Test func `marks of what was not measured are no texts`() throws {
    let values = ["1,5", "NA", "n.d.", "<0,1", "-", "2.5", "> 100", "", "#N/A", "3"]
    let data = try dataset([("protein", values)])
    let numbers: [Double?] = [1.5, nil, nil, nil, nil, 2.5, nil, nil, nil, 3]
    #expect(data.targets.map(\.values) == [numbers])
    #expect(try dataset([("protein", ["1.5", "2", "<a"])]).targets.isEmpty)
  }

  @Test func `texts that are all different are no classes, whatever they are called`() throws {
    let names = (0..<12).map { "s\($0)" }
    #expect(try dataset([("label", names)]).labels == nil)
    #expect(try dataset([("sample_id", names)]).roles == ColumnRoles())
    #expect(try dataset([("class", ["a", "b"])]).labels == ["a", "b"])
  }

  @Test func `roles can be given and are checked`() throws {
    let columns = [("type", ["1", "2"]), ("note", ["a", "b"])]
    let data = try dataset(columns).with(roles: ColumnRoles(label: "type"))
    #expect(data.labels == ["1", "2"] && data.targets.isEmpty)
    for roles in [ColumnRoles(label: "absent"), ColumnRoles(targets: ["note"])] {
      let error = #expect(throws: SpectrumError.self) { try data.with(roles: roles) }
      #expect(error?.code == .unknownColumn)
    }
  }

  @Test func `cropping, selecting and converting keep what is known`() throws {
    let data = try dataset([("label", ["a", "b", "a"])])
    let cropped = try data.cropped(to: 1.5...3)
    #expect(cropped.axis.positions == [2, 3] && cropped.rows[2] == [1, 2])
    #expect(cropped.labels == ["a", "b", "a"])
    let selected = try data.selecting([2, 0, 2])
    #expect(selected.rows.map { $0[0] } == [2, 0, 2] && selected.labels == ["a", "a", "a"])
    #expect(try data.converted(to: .micrometer).axis.positions == [0.001, 0.002, 0.003])
    #expect(throws: SpectrumError.self) { try data.cropped(to: 4...5) }
    #expect(throws: SpectrumError.self) { try data.selecting([3]) }
  }

  @Test func `joining fills columns and refuses other axes`() throws {
    let first = try dataset([("label", ["a", "b"])])
    let second = try dataset([("name", ["n"])])
    let joined = try SpectralDataset(joining: [first, second])
    #expect(joined.rows.count == 3 && joined.labels == ["a", "b", ""])
    #expect(joined[column: "name"]?.values == ["", "", "n"])
    let error = #expect(throws: SpectrumError.self) {
      try SpectralDataset(joining: [first, second.cropped(to: 1...2)])
    }
    #expect(error?.code == .invalidAxis)
  }
}
