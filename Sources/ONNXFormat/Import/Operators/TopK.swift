import TensorCore

extension ImportFamily {
  /// Largest or smallest of known numbers.
  static let topK = ImportFamily(
    "TopK", [ImportEntry("TopK", "the largest or smallest of known numbers", topK)])

  private static func topK(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    guard let input = try site.input(0).known else {
      throw ONNXError(
        .outOfScope,
        "which numbers are the largest depends on the data; explain an output that is made before "
          + "them, or leave the choice to whoever runs the network")
    }
    let given = try site.integers(1, "the count")?.first
    guard let count = try site.attributes.integer("k") ?? given else {
      throw ONNXError(.malformedFile, "the count is missing")
    }
    let axis = try site.axis(
      try site.attributes.integer("axis", default: -1), rank: input.shape.rank)
    let extent = input.shape[axis]
    guard (0...extent).contains(count), input.count <= HostTensor.maximumFoldedCount else {
      throw ONNXError(.malformedFile, "\(count) of \(extent) elements cannot be taken")
    }
    let isLargest = try site.attributes.flag("largest", default: true)
    let inner = Shape(Array(input.shape.extents[(axis + 1)...])).elementCount
    let numbers = input.doubles
    let shape = input.shape.replacing(axis, with: count)
    var places = [Int](repeating: 0, count: shape.elementCount)
    var ranks = places
    for lane in 0..<(extent == 0 ? 0 : input.count / extent) {
      let (block, offset) = (lane / inner, lane % inner)
      let lanePlaces = (0..<extent).map { (block * extent + $0) * inner + offset }
      let order = lanePlaces.indices.sorted { a, b in
        let (x, y) = (numbers[lanePlaces[a]], numbers[lanePlaces[b]])
        return x == y ? a < b : isLargest ? x > y : x < y
      }
      for (rank, index) in order.prefix(count).enumerated() {
        let target = (block * count + rank) * inner + offset
        (places[target], ranks[target]) = (lanePlaces[index], index)
      }
    }
    return [
      .known(input.taking(places, shape: shape)),
      .known(HostTensor(shape: shape, integers: ranks)),
    ]
  }
}
