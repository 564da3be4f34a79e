import Foundation
import GraphRewriting
import TensorCore
import TestSupport

/// The relevance of the input of a block of attention by loops over tokens and features.
struct LiteralAttention {
  typealias Rows = [[Double]]

  private static let epsilon = Double(Float(1e-6))

  private let block: AttentionBlock
  private let numbers: [String: [Double]]
  private let x: Rows
  private var (unscaled, normal): (Rows, Rows)
  private var (q, k, v): (Rows, Rows, Rows) = ([], [], [])
  private var (likeness, looks): (Rows, Rows) = ([], [])
  private var (seen, shown): (Rows, Rows) = ([], [])

  private var tokens: Range<Int> { 0..<block.tokens }
  private var features: Range<Int> { 0..<block.width }

  /// Computes the block for `x`, `[tokens][features]`.
  init(_ block: AttentionBlock, _ x: Rows) {
    self.block = block
    self.x = x
    numbers = block.parameters
    (unscaled, normal) = (x, x)
    for t in tokens {
      let mean = x[t].reduce(0, +) / Double(block.width)
      let variance = x[t].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(block.width)
      for i in features {
        let deviation = (variance + Double(Float(1e-5))).squareRoot()
        unscaled[t][i] = (x[t][i] - mean) / deviation * (numbers["gamma"]?[i] ?? 0)
        normal[t][i] = unscaled[t][i] + (numbers["beta"]?[i] ?? 0)
      }
    }
    (q, k, v) = (projected(normal, "q"), projected(normal, "k"), projected(normal, "v"))
    likeness = tokens.map { i in
      tokens.map { j in 0.5 * features.reduce(0.0) { $0 + q[i][$1] * k[j][$1] } }
    }
    looks = tokens.map { i in
      let all = tokens.map { isHidden(i, $0) ? 0 : exp(likeness[i][$0]) }
      return all.map { $0 / all.reduce(0, +) }
    }
    seen = tokens.map { i in
      features.map { d in tokens.reduce(0.0) { $0 + looks[i][$1] * v[$1][d] } }
    }
    shown = projected(seen, "o")
  }

  /// The relevance of `x` for that of the result.
  ///
  /// - Parameters:
  ///   - start: The relevance of the result, `[tokens][features]`.
  ///   - product: Whether the looks of attention get half of the relevance of what they show.
  ///   - normalization: Whether the mean of a token's features is a summand or a constant.
  /// - Returns: `[tokens][features]`.
  func relevance(
    _ start: Rows, _ product: ProductSplit, _ normalization: NormalizationHandling
  ) -> Rows {
    let halves = product == .halves
    var (result, branch) = (start, start)
    for t in tokens {
      for i in features {
        let s = start[t][i] / stable(x[t][i] + shown[t][i])
        (result[t][i], branch[t][i]) = (x[t][i] * s, shown[t][i] * s)
      }
    }
    let ofSeen = before("o", seen, shown, branch)
    var ofNormal = before("v", normal, v, values(ofSeen, share: halves ? 0.5 : 1))
    if halves {
      let (ofQ, ofK) = sides(ofSeen)
      ofNormal = sum(ofNormal, before("q", normal, q, ofQ))
      ofNormal = sum(ofNormal, before("k", normal, k, ofK))
    }
    for t in tokens {
      let ofCentered = features.map { ofNormal[t][$0] * unscaled[t][$0] / stable(normal[t][$0]) }
      let passed = normalization == .linear ? uncentered(ofCentered, x[t]) : ofCentered
      for i in features { result[t][i] += passed[i] }
    }
    return result
  }

  /// Relevance of features minus their mean, which takes its share and hands it to all.
  private func uncentered(_ relevance: [Double], _ x: [Double]) -> [Double] {
    let sum = x.reduce(0, +)
    let mean = sum / Double(x.count)
    let s = features.map { relevance[$0] / stable(x[$0] - mean) }
    let ofMean = s.reduce(0) { $0 - mean * $1 }
    return features.map { x[$0] * s[$0] + x[$0] * ofMean / stable(sum) }
  }

  /// The part of the values in what is seen.
  private func values(_ ofSeen: Rows, share: Double) -> Rows {
    tokens.map { j in
      features.map { d in
        tokens.reduce(0.0) {
          $0 + share * looks[$1][j] * v[j][d] * ofSeen[$1][d] / stable(seen[$1][d])
        }
      }
    }
  }

  /// The part of the looks, through the softmax to both sides of the likeness.
  private func sides(_ ofSeen: Rows) -> (q: Rows, k: Rows) {
    var (ofQ, ofK) = (q.map { $0.map { _ in 0.0 } }, k.map { $0.map { _ in 0.0 } })
    for i in tokens {
      let ofLooks = tokens.map { j in
        features.reduce(0.0) {
          $0 + 0.5 * looks[i][j] * v[j][$1] * ofSeen[i][$1] / stable(seen[i][$1])
        }
      }
      let total = ofLooks.reduce(0, +)
      for j in tokens where !isHidden(i, j) {
        var passed = likeness[i][j] * (ofLooks[j] - looks[i][j] * total)
        // A mask is an offset, which is zero here.
        if block.isMasked { passed *= likeness[i][j] / stable(likeness[i][j]) }
        for d in features {
          let part = 0.5 * q[i][d] * k[j][d] * passed / stable(2 * likeness[i][j])
          ofQ[i][d] += part
          ofK[j][d] += part
        }
      }
    }
    return (ofQ, ofK)
  }

  private func weight(_ name: String, _ row: Int, _ column: Int) -> Double {
    numbers[name]?[row * block.width + column] ?? 0
  }

  private func projected(_ value: Rows, _ name: String) -> Rows {
    value.map { row in
      features.map { j in
        features.reduce(numbers["b\(name)"]?[j] ?? 0) { $0 + weight(name, j, $1) * row[$1] }
      }
    }
  }

  /// Epsilon through a projection with its bias.
  private func before(_ name: String, _ value: Rows, _ result: Rows, _ relevance: Rows) -> Rows {
    tokens.map { t in
      features.map { i in
        features.reduce(0.0) { sum, j in
          sum + value[t][i] * weight(name, j, i) * relevance[t][j] / stable(result[t][j])
        }
      }
    }
  }

  private func isHidden(_ token: Int, _ other: Int) -> Bool { block.isMasked && other > token }

  private func sum(_ a: Rows, _ b: Rows) -> Rows { zip(a, b).map { zip($0, $1).map(+) } }

  private func stable(_ z: Double) -> Double { z < 0 ? z - Self.epsilon : z + Self.epsilon }
}
