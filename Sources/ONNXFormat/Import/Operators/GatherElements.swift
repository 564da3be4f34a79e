import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Single elements by known indices.
  static let gatherElements = ImportFamily(
    "GatherElements",
    [
      ImportEntry("GatherElements", "for every place, the element with a known index of an axis") {
        (site) throws(ONNXError) in
        let input = try site.input(0)
        let places = try ElementPlaces(site, input.shape)
        return [
          try site.elements(input, places.flat, shape: places.shape)
        ]
      },
      ImportEntry("GatherND", "parts with known indices of several axes", gatherND),
      ImportEntry("Compress", "elements where a known condition holds", compress),
      ImportEntry("ReverseSequence", "the first steps of every sample, the last first", reverse),
      ImportEntry("NonZero", "the places of known numbers that are not 0", nonZero),
    ])

  private static func gatherND(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard let indices = try site.known(1, "the indices"), let depth = indices.shape.extents.last
    else { throw ONNXError(.malformedFile, "the indices are missing") }
    let batch = try site.attributes.integer("batch_dims", default: 0)
    let extents = input.shape.extents
    guard (0..<indices.shape.rank).contains(batch), depth > 0, batch + depth <= extents.count,
      extents[..<batch] == indices.shape.extents[..<batch]
    else { throw ONNXError(.malformedFile, "indices \(indices.shape) for \(input.shape)") }
    let part = Shape(Array(extents[(batch + depth)...])).elementCount
    let perBatch = Shape(Array(extents[batch...])).elementCount
    let rows = indices.integers
    let rowCount = rows.count / depth
    let batchCount = Shape(Array(extents[..<batch])).elementCount
    var flat: [Int] = []
    for row in 0..<rowCount {
      var place = 0
      for (axis, index) in rows[(row * depth)..<((row + 1) * depth)].enumerated() {
        let extent = extents[batch + axis]
        place = place * extent + (try site.index(index, of: extent))
      }
      let start = row / max(rowCount / max(batchCount, 1), 1) * perBatch + place * part
      flat.append(contentsOf: start..<(start + part))
    }
    let shape = Shape(indices.shape.extents.dropLast() + extents[(batch + depth)...])
    return [try site.elements(input, flat, shape: shape)]
  }

  private static func compress(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    var input = try site.input(0)
    guard let condition = try site.known(1, "the condition") else {
      throw ONNXError(.malformedFile, "the condition is missing")
    }
    let given = try site.attributes.integer("axis")
    if given == nil { input = try site.reshaped(input, to: [input.shape.elementCount]) }
    let axis = try site.axis(given ?? 0, rank: input.shape.rank)
    let kept = condition.doubles.enumerated().filter { $1 != 0 }.map(\.offset)
    return [try site.gathered(input, axis, kept)]
  }

  private static func reverse(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let batch = try site.attributes.integer("batch_axis", default: 1)
    let time = try site.attributes.integer("time_axis", default: 0)
    guard let lengths = try site.known(1, "the lengths"), input.shape.rank >= 2,
      [batch, time].sorted() == [0, 1], lengths.shape == [input.shape[batch]]
    else { throw ONNXError(.malformedFile, "lengths or axes do not fit \(input.shape)") }
    let (rows, columns) = (input.shape[0], input.shape[1])
    let steps = input.shape[time]
    let counts = lengths.integers
    guard counts.allSatisfy({ (0...steps).contains($0) }) else {
      throw ONNXError(.malformedFile, "lengths \(counts) of \(steps) steps")
    }
    let order = (0..<rows).flatMap { row in
      (0..<columns).map { column in
        let (sample, step) = batch == 0 ? (row, column) : (column, row)
        let other = step < counts[sample] ? counts[sample] - 1 - step : step
        return batch == 0 ? sample * columns + other : other * columns + sample
      }
    }
    let joined = try site.reshaped(
      input, to: Shape([rows * columns] + input.shape.extents.dropFirst(2)))
    return [try site.reshaped(site.gathered(joined, 0, order), to: input.shape)]
  }

  private static func nonZero(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    guard let input = try site.known(0, "what is looked at") else {
      throw ONNXError(.malformedFile, "the input is missing")
    }
    let found = input.doubles.enumerated().filter { $1 != 0 }.map(\.offset)
    let places = zip(input.shape.strides, input.shape.extents).flatMap { stride, extent in
      found.map { $0 / stride % extent }
    }
    return [
      .known(HostTensor(shape: [input.shape.rank, found.count], integers: places))
    ]
  }
}

/// Where `GatherElements` takes elements.
private struct ElementPlaces {
  /// The shape of the indices.
  let shape: Shape

  /// For every index, the place in the row-major order of the data.
  let flat: [Int]

  /// Reads the known indices, input 1, into data of a shape.
  ///
  /// - Throws: `ONNXError` when they are not known or lie outside.
  init(_ site: ImportSite, _ data: Shape) throws(ONNXError) {
    guard let indices = try site.known(1, "the indices"), indices.shape.rank == data.rank,
      indices.count <= HostTensor.maximumFoldedCount
    else { throw ONNXError(.malformedFile, "the indices do not fit \(data)") }
    let given = try site.attributes.integer("axis", default: 0)
    let axis = try site.axis(given, rank: data.rank)
    shape = indices.shape
    let (own, strides) = (shape.strides, data.strides)
    var places: [Int] = []
    for (element, index) in indices.integers.enumerated() {
      var place = 0
      for other in 0..<data.rank {
        let coordinate =
          other == axis
          ? try site.index(index, of: data[axis]) : element / own[other] % shape[other]
        guard coordinate < data[other] else {
          throw ONNXError(.malformedFile, "indices \(shape) reach outside \(data)")
        }
        place += coordinate * strides[other]
      }
      places.append(place)
    }
    flat = places
  }
}

extension ImportSite {
  /// An index that may count from the end.
  func index(_ index: Int, of extent: Int) throws(ONNXError) -> Int {
    let resolved = index < 0 ? index + extent : index
    guard (0..<extent).contains(resolved) else {
      throw ONNXError(.malformedFile, "index \(index) lies outside \(extent) elements")
    }
    return resolved
  }

  /// Elements by their places in row-major order.
  func elements(
    _ input: ImportedValue, _ places: [Int], shape: Shape
  ) throws(ONNXError) -> ImportedValue {
    let line = try reshaped(input, to: [input.shape.elementCount])
    return try reshaped(gathered(line, 0, places), to: shape)
  }
}
