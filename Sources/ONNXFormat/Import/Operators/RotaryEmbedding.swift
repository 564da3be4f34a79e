import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Places of steps as angles.
  static let rotaryEmbedding = ImportFamily(
    "RotaryEmbedding",
    [
      ImportEntry(
        "RotaryEmbedding", opsets: 23...ImportCatalog.opsets.upperBound,
        "pairs of numbers turned by an angle for their step", rotaryEmbedding)
    ])

  private static func rotaryEmbedding(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let given = try site.value(0, minimumRank: 3)
    let isJoined = given.shape.rank == 3
    let heads =
      isJoined ? try site.attributes.integer("num_heads", default: 0) : given.shape[1]
    guard given.shape.rank <= 4, heads > 0, !isJoined || given.shape[2] % heads == 0 else {
      throw ONNXError(.malformedFile, "\(heads) heads do not fit \(given.shape)")
    }
    // [samples, steps, heads, size]
    let x =
      isJoined
      ? given.reshaped(to: [given.shape[0], given.shape[1], heads, given.shape[2] / heads])
      : given.transposed([0, 2, 1, 3])
    let size = x.shape[3]
    let turned = try site.attributes.integer("rotary_embedding_dim", default: 0)
    let count = turned == 0 ? size : turned
    guard count % 2 == 0, (2...size).contains(count) else {
      throw ONNXError(.malformedFile, "\(count) of \(size) numbers cannot be turned in pairs")
    }
    let isInterleaved = try site.attributes.flag("interleaved", default: false)
    let half = count / 2
    let (first, second) = x.pairs(half: half, isInterleaved: isInterleaved)
    let cosine = try site.angles(1, x: x, half: half)
    let sine = try site.angles(2, x: x, half: half)
    let real = try site.checked(cosine * first - sine * second)
    let imaginary = sine * first + cosine * second
    let lane = Shape(Array(real.shape.extents) + [1])
    let joined =
      isInterleaved
      ? Value.concatenated([real.reshaped(to: lane), imaginary.reshaped(to: lane)], axis: 4)
        .reshaped(to: x.shape.replacing(3, with: count))
      : .concatenated([real, imaginary], axis: 3)
    let rest = count == size ? [] : [x.sliced(3, start: count, count: size - count)]
    let result = Value.concatenated([joined] + rest, axis: 3)
    return [
      .computed(
        try site.checked(
          isJoined ? result.reshaped(to: given.shape) : result.transposed([0, 2, 1, 3])), .float32)
    ]
  }
}

extension Value {
  /// The first and the second numbers of the pairs along the last of four axes.
  fileprivate func pairs(half: Int, isInterleaved: Bool) -> (Value, Value) {
    guard isInterleaved else {
      return (sliced(3, start: 0, count: half), sliced(3, start: half, count: half))
    }
    var counts = shape.extents
    counts[3] = half
    func part(_ start: Int) -> Value {
      sliced(starts: [0, 0, 0, start], counts: counts, steps: [1, 1, 1, 2])
    }
    return (part(0), part(1))
  }
}

extension ImportSite {
  /// A cache of sines or cosines as `[samples or 1, steps, 1, half]`.
  fileprivate func angles(_ index: Int, x: Value, half: Int) throws(ONNXError) -> Value {
    var cache = try input(index)
    if let places = try known(3, "the places of the steps") {
      let rows = places.integers
      guard cache.shape.rank == 2, places.shape.rank == 2 else {
        throw ONNXError(.malformedFile, "a cache \(cache.shape) for places \(places.shape)")
      }
      cache = try reshaped(
        gathered(cache, 0, rows), to: Shape(places.shape.extents + [cache.shape[1]]))
    }
    guard cache.shape.elementCount % max(half * x.shape[1], 1) == 0,
      cache.shape.extents.last == half
    else {
      throw ONNXError(.malformedFile, "a cache \(cache.shape) does not fit \(x.shape)")
    }
    return pool.value(
      try reshaped(
        cache, to: [cache.shape.elementCount / (half * x.shape[1]), x.shape[1], 1, half]))
  }
}
