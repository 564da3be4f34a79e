import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Numbers put at known places of a value.
  static let scatter = ImportFamily(
    "Scatter",
    [
      ImportEntry("Scatter", "numbers at known indices along one axis", scatterElements),
      ImportEntry("ScatterElements", "numbers at known indices along one axis", scatterElements),
      ImportEntry("ScatterND", "numbers or blocks at known indices", scatterBlocks),
    ])

  private static func scatterElements(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (data, updates) = (try site.input(0), try site.input(2))
    guard let indices = try site.known(1, "the indices"), indices.shape == updates.shape,
      indices.shape.rank == data.shape.rank, indices.count <= HostTensor.maximumFoldedCount
    else {
      throw ONNXError(.malformedFile, "indices and updates \(updates.shape) do not match")
    }
    let axis = try site.axis(
      try site.attributes.integer("axis", default: 0), rank: data.shape.rank)
    let stride = data.shape.strides[axis]
    var strides = data.shape.strides
    strides[axis] = 0
    let lines = HostTensor.places(indices.shape.extents, offset: 0, strides: strides)
    let extent = data.shape[axis]
    let targets = zip(lines, indices.integers).map { line, index in
      (0..<extent).contains(index < 0 ? index + extent : index)
        ? line + (index < 0 ? index + extent : index) * stride : -1
    }
    return [try ScatterSite(site, data.shape, targets).result(data, updates)]
  }

  private static func scatterBlocks(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (data, updates) = (try site.input(0), try site.input(2))
    guard let indices = try site.known(1, "the indices"), let depth = indices.shape.extents.last,
      depth <= data.shape.rank,
      updates.shape.extents == indices.shape.extents.dropLast() + data.shape.extents[depth...],
      updates.shape.elementCount <= HostTensor.maximumFoldedCount
    else {
      throw ONNXError(
        .malformedFile, "updates \(updates.shape) do not fit indices into \(data.shape)")
    }
    let block = Shape(Array(data.shape.extents[depth...])).elementCount
    let numbers = indices.integers
    var targets: [Int] = []
    for start in stride(from: 0, to: numbers.count, by: max(depth, 1)) {
      var place = 0
      for axis in 0..<depth {
        let (index, extent) = (numbers[start + axis], data.shape[axis])
        let isInside = (-extent..<extent).contains(index)
        place =
          isInside && place >= 0
          ? place + (index < 0 ? index + extent : index) * data.shape.strides[axis] : -1
      }
      targets += place < 0 ? Array(repeating: -1, count: block) : Array(place..<place + block)
    }
    return [try ScatterSite(site, data.shape, targets).result(data, updates)]
  }
}

/// Where the numbers of an update go, and what is done there.
private struct ScatterSite {
  private let site: ImportSite
  private let shape: Shape
  /// For every number of the update, its place in the row-major order of the value.
  private let targets: [Int]
  /// What is made of a number and its update; nil when the update takes its place.
  private let reduction: BinaryFunction?

  private static let reductions: [String: BinaryFunction] = [
    "add": .add, "mul": .multiply, "max": .maximum, "min": .minimum,
  ]

  /// Updates of one number in turn, at most.
  private static let maximumRounds = 64

  init(_ site: ImportSite, _ shape: Shape, _ targets: [Int]) throws(ONNXError) {
    guard !targets.contains(-1), shape.elementCount <= HostTensor.maximumFoldedCount else {
      throw ONNXError(.malformedFile, "an index lies outside \(shape), or that is too large")
    }
    (self.site, self.shape, self.targets) = (site, shape, targets)
    let name = try site.attributes.text("reduction", default: "none")
    reduction = Self.reductions[name]
    guard reduction != nil || name == "none" else {
      throw ONNXError(.outOfScope, "reduction \"\(name)\" is not known")
    }
  }

  /// The value with its update.
  func result(_ data: ImportedValue, _ updates: ImportedValue) throws(ONNXError) -> ImportedValue {
    if reduction == nil, let box = ScatterBox(targets, in: shape) {
      return try box.replaced(in: data, by: updates, site)
    }
    let count = shape.elementCount
    var flat = try site.reshaped(data, to: [count])
    let numbers = try site.reshaped(updates, to: [targets.count])
    guard let reduction else {
      return try site.reshaped(try replaced(flat, targets, numbers), to: shape)
    }
    for round in try rounds() {
      let places = round.map { targets[$0] }
      let changed = try site.binary(
        try site.gathered(flat, 0, places), try site.gathered(numbers, 0, round), reduction)
      flat = try replaced(flat, places, changed)
    }
    return try site.reshaped(flat, to: shape)
  }

  /// The last update of each place wins.
  private func replaced(
    _ flat: ImportedValue, _ places: [Int], _ numbers: ImportedValue
  ) throws(ONNXError) -> ImportedValue {
    var sources = Array(0..<shape.elementCount)
    for (number, place) in places.enumerated() { sources[place] = sources.count + number }
    return try site.gathered(try site.concatenated([flat, numbers], axis: 0), 0, sources)
  }

  /// The numbers of the update in groups within which no place occurs twice.
  private func rounds() throws(ONNXError) -> [[Int]] {
    var seen: [Int: Int] = [:]
    var rounds: [[Int]] = []
    for (number, place) in targets.enumerated() {
      let round = seen[place, default: 0]
      seen[place] = round + 1
      if round == rounds.count { rounds.append([]) }
      rounds[round].append(number)
    }
    guard rounds.count <= Self.maximumRounds else {
      throw ONNXError(.outOfScope, "\(rounds.count) updates of one number")
    }
    return rounds
  }
}

/// Places that are all indices between two along every axis, in order.
///
/// Replacing such a box is slicing and joining, so that positions stay what they are.
private struct ScatterBox {
  private let starts: [Int]
  private let counts: [Int]

  /// Finds the box; nil when the places are none.
  init?(_ places: [Int], in shape: Shape) {
    guard let first = places.first, let last = places.last, first <= last else { return nil }
    let strides = shape.strides
    func index(_ place: Int) -> [Int] {
      shape.extents.indices.map { place / strides[$0] % shape[$0] }
    }
    starts = index(first)
    counts = zip(starts, index(last)).map { $1 - $0 + 1 }
    guard counts.allSatisfy({ $0 > 0 }), Shape(counts).elementCount == places.count,
      HostTensor.places(counts, offset: first, strides: strides) == places
    else { return nil }
  }

  /// A value with other numbers in the box.
  func replaced(
    in data: ImportedValue, by updates: ImportedValue, _ site: ImportSite, from axis: Int = 0
  ) throws(ONNXError) -> ImportedValue {
    guard axis < counts.count else { return try site.reshaped(updates, to: Shape(counts)) }
    func part(_ start: Int, _ count: Int) throws(ONNXError) -> ImportedValue {
      var all = data.shape.extents.map { _ in 0 }
      all[axis] = start
      return try site.sliced(
        data, starts: all, counts: data.shape.replacing(axis, with: count).extents)
    }
    let end = starts[axis] + counts[axis]
    let inner = try replaced(
      in: try part(starts[axis], counts[axis]), by: updates, site, from: axis + 1)
    var parts = [inner]
    if starts[axis] > 0 { parts.insert(try part(0, starts[axis]), at: 0) }
    if end < data.shape[axis] { parts.append(try part(end, data.shape[axis] - end)) }
    return parts.count == 1 ? inner : try site.concatenated(parts, axis: axis)
  }
}
