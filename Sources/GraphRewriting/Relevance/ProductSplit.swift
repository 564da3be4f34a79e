import GraphIR
import Operations

/// How relevance is divided among the two computed values of a matrix product, such as those of attention.
public enum ProductSplit: String, CaseIterable, Codable, Hashable, Sendable {
  /// Half of it to each, within each in proportion to contributions, stabilized by 1e-6.
  ///
  /// Achtibat et al. 2024 (AttnLRP, arXiv 2402.05602), proposition 3.3.
  case halves
  /// Where one of both is made of shares, as by a softmax, all to the other; else in halves.
  ///
  /// What attention looks at is taken for granted: Ali et al. 2022 (arXiv 2202.07304).
  case values
}

extension ProductSplit {
  /// The relevance of the inputs.
  ///
  /// - Parameters:
  ///   - relevance: That of the product.
  ///   - maps: The product as a map of its first and of its second input.
  ///   - site: The product.
  ///   - recorder: Who notes what becomes of the relevance, where somebody asks.
  /// - Returns: By input.
  func relevances(
    _ relevance: Value, by maps: [LinearMap], at site: RelevanceSite, _ recorder: RelevanceRecorder?
  ) -> [(input: Int, relevance: Value)] {
    let open = maps.indices.filter { self == .halves || !site.inputs[$0].isShare }
    let takers = open.isEmpty ? Array(maps.indices) : open
    let share = takers.count == 1 ? relevance : relevance * 0.5
    return takers.map { input in
      let linear = LinearSite(input: site.inputs[input], relevance: share, map: maps[input])
      return (input, EpsilonRule(.tiny).inputRelevance(at: linear, recorder))
    }
  }
}

/// How relevance passes a softmax `s` of `x`: `x_i (R_i − s_i Σ_j R_j)`, the first order of a Taylor
/// expansion, whose constant term keeps the rest.
///
/// Achtibat et al. 2024 (AttnLRP, arXiv 2402.05602), proposition 3.1.
struct SoftmaxSplit {
  /// The axis along which shares sum to 1.
  let axis: Int

  /// The relevance of the input; nothing where a share is zero, as behind a mask.
  func relevance(
    _ relevance: Value, at site: RelevanceSite, _ recorder: RelevanceRecorder?
  ) -> Value {
    let (input, share) = (site.inputs[0], site.output)
    let zero = share.builder.constant(0)
    let total = relevance.sum(over: .axes([axis]))
    let passed = share.isEqual(to: zero).choosing(
      zero, else: input * (relevance - share * total))
    recorder?.add(.bias, relevance - passed)
    return passed
  }
}
