import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Attention as ONNX Runtime's optimizer joins it.
  static let runtimeAttention = ImportFamily(
    "RuntimeAttention",
    [
      ImportEntry(
        "Attention", domain: ImportEntry.runtimeDomain,
        "attention with the projections of query, key and value", attention),
      ImportEntry(
        "MultiHeadAttention", domain: ImportEntry.runtimeDomain,
        "attention of projected query, key and value", multiHeadAttention),
    ])

  private static func attention(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    guard site.optional(4) == nil else {
      throw ONNXError(.outOfScope, "a state of earlier steps")
    }
    let heads = try RuntimeHeads(site)
    let x = try site.value(0, minimumRank: 3)
    var projected = try site.matrixProduct(x, try site.value(1))
    if let bias = site.optional(2) { projected = projected + site.pool.value(bias) }
    projected = try site.checked(projected)
    let width = projected.shape[2]
    let sizes =
      try site.attributes.integers("qkv_hidden_sizes") ?? Array(repeating: width / 3, count: 3)
    guard sizes.count == 3, sizes.reduce(0, +) == width, sizes.allSatisfy({ $0 > 0 }) else {
      throw ONNXError(.malformedFile, "sizes \(sizes) do not add up to \(width)")
    }
    let query = projected.sliced(2, start: 0, count: sizes[0])
    let key = projected.sliced(2, start: sizes[0], count: sizes[1])
    let value = projected.sliced(2, start: sizes[0] + sizes[1], count: sizes[2])
    return [try heads.attended(query, key, value, mask: 3, bias: 5)]
  }

  private static func multiHeadAttention(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    guard site.optional(6) == nil, site.optional(7) == nil else {
      throw ONNXError(.outOfScope, "a state of earlier steps")
    }
    let heads = try RuntimeHeads(site)
    guard var query = try site.input(0).shape.rank == 3 ? site.value(0) : nil,
      var key = site.optional(1).map(site.pool.value),
      var value = site.optional(2).map(site.pool.value)
    else {
      throw ONNXError(.outOfScope, "query, key and value that are packed together")
    }
    if let bias = site.optional(3).map(site.pool.value) {
      let width = query.shape[2]
      query = query + bias.sliced(0, start: 0, count: width)
      key = try heads.adding(bias, from: width, to: key)
      value = try heads.adding(bias, from: 2 * width, to: value)
    }
    return [try heads.attended(query, key, value, mask: 4, bias: 5)]
  }
}

/// The heads of one attention node.
private struct RuntimeHeads {
  let site: ImportSite
  let count: Int

  init(_ site: ImportSite) throws(ONNXError) {
    self.site = site
    count = try site.attributes.integer("num_heads", default: 0)
    guard count > 0 else { throw ONNXError(.malformedFile, "num_heads is missing") }
    try site.requireOnlyOutput("an output beside the first")
  }

  /// A value `[samples, steps, heads · size]`, with a part of a bias added.
  func adding(_ bias: Value, from start: Int, to value: Value) throws(ONNXError) -> Value {
    guard value.shape.rank == 3 else { return value }
    return try site.checked(value + bias.sliced(0, start: start, count: value.shape[2]))
  }

  /// `[samples, heads, steps, size]` of a value that has its heads along its last axis, or so
  /// already.
  private func split(_ value: Value) throws(ONNXError) -> Value {
    if value.shape.rank == 4 { return value }
    guard value.shape.rank == 3, value.shape[2] % count == 0 else {
      throw ONNXError(.malformedFile, "\(value.shape) does not fall into \(count) heads")
    }
    return value.reshaped(
      to: [value.shape[0], value.shape[1], count, value.shape[2] / count]
    ).transposed([0, 2, 1, 3])
  }

  /// What the heads attend to, `[samples, steps, heads · size]`.
  ///
  /// The input `mask` is 0 for steps that nothing attends to, the input `bias` is added to the logits
  /// of the attention.
  func attended(
    _ query: Value, _ key: Value, _ value: Value, mask: Int, bias: Int
  ) throws(ONNXError) -> ImportedValue {
    let (q, k, v) = (try split(query), try split(key), try split(value))
    let scale = try site.attributes.float("scale", default: 0)
    var logits = try site.matrixProduct(q, k.transposed([0, 1, 3, 2]))
    logits = logits * (scale == 0 ? 1 / Float(q.shape[3]).squareRoot() : scale)
    if let bias = site.optional(bias) { logits = logits + site.pool.value(bias) }
    if let hidden = try hidden(mask, logits.shape) { logits = logits + hidden }
    let weights = site.builder.apply(Softmax(axis: 3), [try site.checked(logits)])
    let result = try site.matrixProduct(weights, v).transposed([0, 2, 1, 3])
    let shape = result.shape
    return .computed(
      result.reshaped(to: [shape[0], shape[1], shape[2] * shape[3]]), .float32)
  }

  /// What keeps queries from steps: a large negative number, or 0; nil when all see everything.
  private func hidden(_ mask: Int, _ shape: Shape) throws(ONNXError) -> Value? {
    let low = try site.attributes.float("mask_filter_value", default: -10_000)
    var hidden: Value?
    if let mask = site.optional(mask).map(site.pool.value) {
      let extents = mask.shape.extents
      guard extents.count == 2 || extents.count == 3 || extents.count == 4 else {
        throw ONNXError(.outOfScope, "a mask of shape \(mask.shape)")
      }
      let axes =
        extents.count == 2
        ? [extents[0], 1, 1, extents[1]]
        : extents.count == 3 ? [extents[0], 1, extents[1], extents[2]] : extents
      hidden = (1 - mask.reshaped(to: Shape(axes))) * low
    }
    guard try site.attributes.flag("unidirectional", default: false) else { return hidden }
    let (rows, columns) = (shape[2], shape[3])
    // Steps are counted from the first; the last query sees all, as in ONNX Runtime.
    let later = (0..<rows * columns).map { index -> Float in
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      return column > row && row < rows - 1 ? low : 0
    }
    let triangle = site.builder.constant(Tensor(shape: [rows, columns], elements: later))
    return hidden.map { $0 + triangle } ?? triangle
  }
}
