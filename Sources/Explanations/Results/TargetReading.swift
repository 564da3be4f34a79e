import Foundation
import TensorCore

/// What was found about a target for one sample.
struct TargetReading: Sendable {
  /// The weights of the classes.
  let weights: [Float]

  /// How much each position counts, `[positions…]`; nil where the output has none.
  let places: Tensor?

  /// The raw scores, `[classes, positions…]`.
  let scores: Tensor

  /// The raw scores summed over the positions that count, one per class.
  var row: [Float] { reduced(scores.elements) }

  /// How much each score counts, `[1, classes, positions…]`.
  var all: Tensor {
    let places = places?.elements ?? [1]
    return Tensor(
      shape: Shape([1] + scores.shape.extents),
      elements: weights.flatMap { weight in places.map { weight * $0 } })
  }

  /// The probabilities of the classes in the mean over the positions that count; nil where the
  /// network has none, or where no position counts.
  func probabilities(_ model: Model) -> [Float]? {
    guard let places else { return model.probabilities(row) }
    let count = places.elements.reduce(0, +)
    guard count > 0, let all = allProbabilities(model) else { return nil }
    return reduced(all).map { $0 / count }
  }

  /// The explained value.
  func explained(_ form: FormedScores, _ model: Model) -> Float {
    let formed =
      switch form {
      case .raw: row
      case .probabilities:
        places == nil
          ? model.probabilities(row) ?? row : allProbabilities(model).map(reduced) ?? row
      case .direction:
        scores.elements.length > 0 ? row.map { $0 / scores.elements.length } : row
      }
    return zip(weights, formed).reduce(Float(0)) { $0 + $1.0 * $1.1 }
  }

  /// Numbers of all classes and positions, summed over the positions that count.
  private func reduced(_ numbers: [Float]) -> [Float] {
    guard let places else { return numbers }
    let count = places.elements.count
    let counting = places.elements.indices.filter { places.elements[$0] != 0 }
    return weights.indices.map { index in
      counting.reduce(Float(0)) { $0 + places.elements[$1] * numbers[index * count + $1] }
    }
  }

  /// The probabilities of all classes at the positions that count, 0 at others.
  private func allProbabilities(_ model: Model) -> [Float]? {
    guard let places, model.hasProbabilities else { return nil }
    let count = places.elements.count
    var result = [Float](repeating: 0, count: scores.elements.count)
    for place in places.elements.indices where places.elements[place] != 0 {
      let row = weights.indices.map { scores.elements[$0 * count + place] }
      for (index, probability) in (model.probabilities(row) ?? []).enumerated() {
        result[index * count + place] = probability
      }
    }
    return result
  }
}
