import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Attention over steps.
  static let attention = ImportFamily(
    "Attention",
    [
      ImportEntry(
        "Attention", opsets: 23...ImportCatalog.opsets.upperBound,
        "shares of products of queries and keys, times values", attention)
    ])

  private static func attention(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let isJoined = try site.input(0).shape.rank == 3
    let query = try site.heads(0, "q_num_heads")
    var key = try site.heads(1, "kv_num_heads")
    var value = try site.heads(2, "kv_num_heads")
    let past = try site.optional(4) == nil ? 0 : site.value(4, minimumRank: 4).shape[2]
    if past > 0 {
      key = try site.checked(.concatenated([site.value(4), key], axis: 2))
      value = try site.checked(.concatenated([site.value(5), value], axis: 2))
    }
    let present = [key, value]
    guard key.shape[1] > 0, query.shape[1] % key.shape[1] == 0 else {
      throw ONNXError(
        .malformedFile, "\(query.shape[1]) heads of queries for \(key.shape[1]) of keys")
    }
    // Each head of keys and values serves several heads of queries.
    let shared = (0..<query.shape[1]).map { $0 / (query.shape[1] / key.shape[1]) }
    if shared.count != key.shape[1] {
      (key, value) = (key.gathered(1, shared), value.gathered(1, shared))
    }
    let size = Float(query.shape[3])
    let scale = try site.attributes.float("scale", default: 1 / size.squareRoot())
    let limit = try site.attributes.float("softcap", default: 0)
    var products = (query * scale).product(key, transposesRight: true)
    if limit > 0 { products = (products / limit).applying(.tanh) * limit }
    var masked = try site.checked(products)
    for mask in try site.attentionMasks(shape: products.shape, past: past) {
      masked = try site.checked(masked + mask)
    }
    let shares = site.builder.apply(Softmax(axis: 3), [masked])
    var result = try site.checked(shares.product(value))
    if isJoined {
      let (samples, heads, steps) = (result.shape[0], result.shape[1], result.shape[2])
      result = result.transposed([0, 2, 1, 3])
        .reshaped(to: [samples, steps, heads * result.shape[3]])
    }
    let mode = try site.attributes.integer("qk_matmul_output_mode", default: 0)
    let shown = [products, limit > 0 ? products : masked, masked, shares]
    return ([result] + present + [shown[min(max(mode, 0), 3)]]).map { .computed($0, .float32) }
  }
}

extension ImportSite {
  /// What is added to where nobody may look: its exponential is 0.
  private static let hidden: Float = -1e30

  /// An input as `[samples, heads, steps, size]`; with three axes the heads stand side by side in the
  /// last.
  fileprivate func heads(_ index: Int, _ name: String) throws(ONNXError) -> Value {
    let given = try value(index, minimumRank: 3)
    if given.shape.rank == 4 { return given }
    let count = try attributes.integer(name, default: 0)
    guard given.shape.rank == 3, count > 0, given.shape[2] % count == 0 else {
      throw ONNXError(.malformedFile, "\(name) \(count) does not divide \(given.shape)")
    }
    return given.reshaped(to: [given.shape[0], given.shape[1], count, given.shape[2] / count])
      .transposed([0, 2, 1, 3])
  }

  /// What is added to products of shape `[samples, heads, queries, keys]`.
  fileprivate func attentionMasks(shape: Shape, past: Int) throws(ONNXError) -> [Value] {
    let (queries, keys) = (shape[2], shape[3])
    var masks: [Value] = []
    if let given = optional(3) {
      var mask = pool.value(given)
      if given.type == .bool {
        mask = mask.choosing(builder.constant(0), else: builder.constant(Self.hidden))
      }
      let missing = keys - (mask.shape.extents.last ?? keys)
      if missing > 0 {
        let rest = Tensor(
          shape: mask.shape.replacing(mask.shape.rank - 1, with: missing), repeating: Self.hidden)
        mask = .concatenated([mask, builder.constant(rest)], axis: mask.shape.rank - 1)
      }
      masks.append(try checked(mask))
    }
    if try attributes.flag("is_causal", default: false) {
      let elements = (0..<queries).flatMap { query in
        (0..<keys).map { $0 <= query + past ? 0 : Self.hidden }
      }
      masks.append(builder.constant(Tensor(shape: [queries, keys], elements: elements)))
    }
    if let lengths = optional(6) {
      let places = Tensor(shape: [1, 1, 1, keys], elements: (0..<keys).map { Float($0) })
      let ends = pool.value(lengths).reshaped(to: [shape[0], 1, 1, 1])
      let isInside = builder.constant(places).isLess(than: ends)
      masks.append(
        isInside.choosing(builder.constant(0), else: builder.constant(Self.hidden)))
    }
    return masks
  }
}
