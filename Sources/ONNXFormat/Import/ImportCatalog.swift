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
    .argMax, .arithmetic, .attention, .averagePool, .batchNormalization, .cast, .clip, .comparison,
    .concat, .constant, .constantOfShape, .controlFlow, .conv, .convInteger, .convTranspose,
    .cumSum, .depthToSpace, .einsum, .elu, .expand, .flatten, .fourierTransform, .fusedConv,
    .gather, .gatherElements, .gelu, .gemm, .globalPool, .gridSample, .groupNormalization,
    .hardSigmoid, .hyperbolic, .identity, .instanceNormalization, .layerNormalization, .leakyRelu,
    .logic, .lpNormalization, .lrn, .matMul, .maxPool, .mod, .numberChecks, .oneHot, .pad,
    .qLinearConv, .qLinearFunctions, .quantizeLinear, .range, .recurrent, .reductions, .reshape,
    .resize, .rotaryEmbedding, .runtimeAttention, .scatter, .shape, .signalWindow,
    .skipLayerNormalization, .slice, .softmax, .softplus, .split, .squeeze, .swish,
    .thresholdedRelu, .tile, .topK, .transpose, .trilu, .unaryFunctions, .variadic, .where,
  ]

  private static let byName = Dictionary(
    entries.map { ($0.qualifiedName, $0) }, uniquingKeysWith: { first, _ in first })

  /// How an operator is imported, or nil when it is not known.
  ///
  /// - Parameters:
  ///   - operatorType: The name of the operator.
  ///   - domain: The domain as the file has it; empty for that of the standard.
  /// - Returns: The entry.
  static func entry(_ operatorType: String, domain: String = "") -> ImportEntry? {
    byName[ImportEntry.qualifiedName(operatorType, domain: domain)]
  }
}
