/// The ONNX operators that can be imported.
package enum ImportCatalog {
  /// The versions of the default operator set that are read.
  ///
  /// The format's promise starts at 7; version 6 differs little and old converters wrote it.
  package static let opsets = 6...28

  /// Every operator, in alphabetical order.
  package static let entries: [ImportEntry] = families.flatMap(\.entries).sorted {
    $0.operatorType < $1.operatorType
  }

  /// One family per file in `Import/Operators`.
  static let families: [ImportFamily] = [
    .argMax, .arithmetic, .averagePool, .batchNormalization, .cast, .clip, .comparison, .concat,
    .constant, .constantOfShape, .conv, .convTranspose, .cumSum, .depthToSpace, .einsum, .elu,
    .expand, .flatten, .gather, .gelu, .gemm, .globalPool, .groupNormalization, .hardSigmoid,
    .identity, .instanceNormalization, .layerNormalization, .leakyRelu, .logic, .lrn, .matMul,
    .maxPool, .mod, .pad, .range, .reductions, .reshape, .resize, .shape, .slice, .softmax,
    .softplus, .split, .squeeze, .thresholdedRelu, .tile, .topK, .transpose, .trilu,
    .unaryFunctions, .variadic, .where,
  ]

  private static let byName = Dictionary(
    entries.map { ($0.operatorType, $0) }, uniquingKeysWith: { first, _ in first })

  /// How an operator of the default domain is imported, or nil when it is not known.
  static func entry(_ operatorType: String) -> ImportEntry? { byName[operatorType] }
}
