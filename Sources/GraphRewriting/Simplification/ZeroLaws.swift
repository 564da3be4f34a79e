import GraphIR
import Operations
import TensorCore

/// Linear operations give nothing for nothing: `W · 0 = 0`, `W · 0 + b = b`.
enum ZeroLaws {
  private static let (x, w, b) = (Pattern.letter("x"), Pattern.letter("w"), Pattern.letter("b"))

  static let all =
    products(Convolution.self) + products(MatrixProduct.self)
    + products(TransposedConvolution.self) + [
      Law("convolution of zeros with bias", .any(Convolution.self, of: 0, w, b)) {
        (_: Convolution, match) in match[b].alongChannels(rank: match[w].shape.rank)
      },
      Law("convolution with zero weights and bias", .any(Convolution.self, of: x, 0, b)) {
        (_: Convolution, match) in match[b].alongChannels(rank: match[x].shape.rank)
      },
      Law("matrix product of zeros with bias", .any(MatrixProduct.self, of: 0, w, b), b),
      Law("matrix product with zero weights and bias", .any(MatrixProduct.self, of: x, 0, b), b),
      Law("average pooling of zeros", .any(AveragePooling.self, of: 0), 0),
      Law("gradient of average pooling of zeros", .any(AveragePoolingGradient.self, of: 0), 0),
      Law("gradient of resizing of zeros", .any(ResizeGradient.self, of: 0), 0),
      Law("sum of zeros", .any(Reduction.self, of: 0) { $0.function == .sum }, 0),
    ]

  private static func products<Product: GraphIR.Operation>(_ type: Product.Type) -> [Law] {
    [
      Law("\(type.name) of zeros", .any(type, of: 0, w), 0),
      Law("\(type.name) with zero weights", .any(type, of: x, 0), 0),
    ]
  }
}

extension Value {
  /// One number per channel, `[channels]`, where channels are the second of so many axes.
  fileprivate func alongChannels(rank: Int) -> Value {
    reshaped(to: Shape([shape[0]] + [Int](repeating: 1, count: rank - 2)))
  }
}
