import Operations

extension ImportFamily {
  /// Pooling over all positions.
  static let globalPool = ImportFamily(
    "GlobalPool",
    [
      ImportEntry("GlobalAveragePool", "the mean over positions") { (site) throws(ONNXError) in
        [.computed(try site.value(0, minimumRank: 2).mean(over: .positions), .float32)]
      },
      ImportEntry("GlobalMaxPool", "the maximum over positions") { (site) throws(ONNXError) in
        [.computed(try site.value(0, minimumRank: 2).maximum(over: .positions), .float32)]
      },
    ])
}
