import GraphIR
import Operations
import TensorCore

/// Linear operations give nothing for nothing: `W · 0 = 0`, `W · 0 + b = b`.
enum ZeroLaws {
  private static let (x, w, b) = (Pattern.letter("x"), Pattern.letter("w"), Pattern.letter("b"))

  static let all = [
    Law("linear operation of zeros") { site, facts in
      let zeros = site.inputs.indices.filter { facts.number(site.inputs[$0]) == 0 }
      // Zeros are written as one that is repeated.
      guard !zeros.isEmpty, !(site.node.operation is Broadcast),
        let linearity = site.node.core?.linearity(inputCount: site.inputs.count)
      else { return nil }
      return linearity.terms(whereZero: Set(zeros)) == [] ? site.builder.constant(0) : nil
    },
    Law("convolution of zeros with bias", .any(Convolution.self, of: 0, w, b)) {
      (_: Convolution, match) in match[b].alongChannels(rank: match[w].shape.rank)
    },
    Law("convolution with zero weights and bias", .any(Convolution.self, of: x, 0, b)) {
      (_: Convolution, match) in match[b].alongChannels(rank: match[x].shape.rank)
    },
    Law("matrix product of zeros with bias", .any(MatrixProduct.self, of: 0, w, b), b),
    Law("matrix product with zero weights and bias", .any(MatrixProduct.self, of: x, 0, b), b),
  ]
}

extension Value {
  /// One number per channel, `[channels]`, where channels are the second of so many axes.
  fileprivate func alongChannels(rank: Int) -> Value {
    reshaped(to: Shape([shape[0]] + [Int](repeating: 1, count: rank - 2)))
  }
}
