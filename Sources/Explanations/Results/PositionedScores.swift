import Foundation
import GraphRewriting
import TensorCore

/// The raw scores of one sample of an output with positions.
struct PositionedScores {
  private let scores: [Float]
  private let model: Model
  private let grid: Shape

  /// Takes `[classes, positions…]` in row-major order.
  init(_ scores: [Float], _ model: Model) {
    self.scores = scores
    self.model = model
    grid = Shape(model.output.positions)
  }

  private var count: Int { grid.elementCount }

  /// The scores of all classes at a position.
  private func row(_ place: Int) -> [Float] {
    (0..<model.scoreCount).map { scores[$0 * count + place] }
  }

  /// For every position the class with the highest score, the first of equals.
  var winners: [Int] {
    (0..<count).map { place in
      let row = row(place)
      return row.indices.max { row[$0] < row[$1] || row[$0] == row[$1] && $0 > $1 } ?? 0
    }
  }

  /// What tells where a class is best: the logarithms of probabilities where a softmax makes some,
  /// else the scores.
  private var likelihoods: [Float] {
    guard model.activation == .softmax || model.activation == .logSoftmax else { return scores }
    var result = scores
    for place in 0..<count {
      let row = row(place)
      let greatest = row.max() ?? 0
      let logarithm = greatest + log(row.reduce(0) { $0 + exp($1 - greatest) })
      for index in row.indices { result[index * count + place] -= logarithm }
    }
    return result
  }

  /// The classes by where they are best, the highest first.
  func ranking(count wanted: Int) -> [RankedScore] {
    let likelihoods = likelihoods
    let best = (0..<model.scoreCount).map { index in
      let all = index * count..<(index + 1) * count
      return
        (all.max {
          likelihoods[$0] < likelihoods[$1] || likelihoods[$0] == likelihoods[$1] && $0 > $1
        } ?? 0) - all.lowerBound
    }
    let highest = best.enumerated().map { likelihoods[$0 * count + $1] }
    var wins = [Int](repeating: 0, count: model.scoreCount)
    for winner in winners { wins[winner] += 1 }
    return Target.ranking(highest).prefix(wanted).map { index in
      RankedScore(
        index: index, label: model.label(index),
        score: scores[index * count + best[index]],
        probability: model.probabilities(row(best[index]))?[index],
        position: grid.index(of: best[index]),
        share: model.scoreCount > 1 ? Float(wins[index]) / Float(count) : nil)
    }
  }
}
