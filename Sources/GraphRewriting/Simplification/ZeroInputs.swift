import GraphIR
import Operations
import TensorCore

/// Linear operations give nothing for nothing: `W · 0 = 0`, `W · 0 + b = b`.
enum ZeroInputs {
  static func apply(_ site: Rebuild.Site) -> Value? {
    switch site.node.operation {
    case is Convolution: linear(site, biasRank: site.node.shape.rank - 1)
    case is MatrixProduct: linear(site, biasRank: 1)
    case is TransposedConvolution: linear(site, biasRank: 0)
    case is AveragePooling, is AveragePoolingGradient, is ResizeGradient:
      site.inputs[0].isKnown(0) ? zero(site) : nil
    case let reduction as Reduction where reduction.function == .sum:
      site.inputs[0].isKnown(0) ? zero(site) : nil
    default: nil
    }
  }

  private static func linear(_ site: Rebuild.Site, biasRank: Int) -> Value? {
    guard site.inputs[0].isKnown(0) || site.inputs[1].isKnown(0) else { return nil }
    guard site.inputs.count == 3 else { return zero(site) }
    let bias = site.inputs[2]
    let ones = [Int](repeating: 1, count: biasRank - 1)
    return bias.reshaped(to: Shape(bias.shape.extents + ones)).broadcast(to: site.node.shape)
  }

  private static func zero(_ site: Rebuild.Site) -> Value {
    site.builder.constant(0).broadcast(to: site.node.shape)
  }
}
