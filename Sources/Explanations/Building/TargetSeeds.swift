import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// A target in a graph: how much each score counts.
struct TargetSeed {
  /// The weights of the classes, `[samples, classes]`.
  let weights: Value

  /// How much each position counts, `[samples, 1, positions…]`; nil where the output has none.
  let places: Value?

  /// The weights of all scores, of their shape or broadcast to it.
  var all: Value { places.map { weights.column(rank: $0.shape.rank) * $0 } ?? weights }

  /// Scores summed over the positions that count, `[samples, classes]`.
  func reduced(_ scores: Value) -> Value {
    guard let places else { return scores }
    return (scores * places).sum(over: .positions).reshaped(to: weights.shape)
  }

  /// The weighted sum of scores, `[samples, 1]`.
  func total(_ scores: Value) -> Value {
    let axes = AxisSelection.axes(Array(1..<scores.shape.rank))
    return (scores * all).sum(over: axes).reshaped(to: [scores.shape[0], 1])
  }
}

/// Turns targets into weights over the scores, inside the graph where they depend on the scores.
///
/// What is found in the graph, such as the position of a best box, is held: no gradient passes
/// through the finding.
struct TargetSeeds {
  /// The raw scores of a batch, `[samples, classes, positions…]`.
  let scores: Value

  /// What makes probabilities of them.
  let activation: TrailingActivation

  /// The symbol that stands for nothing, where the scores are of text.
  var blank = 0

  /// Whether explicit targets are constants instead of inputs of the graph.
  var areBaked = false

  /// The label of the graph input that holds the weights of a target.
  static func label(_ index: Int) -> String { "target \(index)" }

  private var builder: GraphBuilder { scores.builder }

  /// The shape of the weights of the classes.
  private var row: Shape { [scores.shape[0], scores.shape[1]] }

  /// The weights of a target.
  func seed(_ target: Target, index: Int) -> TargetSeed {
    switch target {
    case .placed(let target, let positions): return placed(target, positions, index: index)
    case .symbol(let place): return symbol(place)
    case .ranked, .contrasted, .output, .given, .margin, .weights, .negated, .similarity:
      return TargetSeed(weights: weights(target, by: scores, index: index), places: nil)
    }
  }

  /// The weights of the classes of a target; classes are ranked by a row of numbers.
  private func weights(_ target: Target, by key: @autoclosure () -> Value, index: Int) -> Value {
    switch target {
    case .ranked(let place): return winner(place, of: key()).broadcast(to: row)
    case .contrasted(let target) where target.isFound:
      let others = Float(row[1] - 1)
      return (weights(target, by: key(), index: index) * (others + 1) - 1) / others
    default: return explicit(target, index: index)
    }
  }

  /// Weights that do not depend on the scores.
  private func explicit(_ target: Target, index: Int) -> Value {
    guard areBaked else { return builder.input(Self.label(index), shape: row) }
    let weights = target.weights([Float](repeating: 0, count: row[1]))
    return builder.constant(
      Tensor(shape: row, elements: (0..<row[0]).flatMap { _ in weights }))
  }

  /// One for the score in a place of the ranking of each row, zero elsewhere; the first of equals
  /// comes first.
  private func winner(_ place: Int, of rows: Value) -> Value {
    let count = rows.shape[1]
    let indices = builder.constant(
      Tensor(shape: [1, count], elements: (0..<count).map(Float.init)))
    var remaining = rows
    var winner = builder.constant(0)
    for _ in 0...place {
      let isBest = remaining.isEqual(to: remaining.maximum(over: .axes([1])))
      let behind = builder.constant(Float(count))
      let first = isBest.choosing(indices, else: behind).minimum(over: .axes([1]))
      winner = indices.isEqual(to: first)
      remaining = winner.choosing(builder.constant(-.greatestFiniteMagnitude), else: remaining)
    }
    return winner
  }
}

// Outputs with positions.
extension TargetSeeds {
  private func placed(_ target: Target, _ positions: Positions, index: Int) -> TargetSeed {
    let weights = weights(target, by: key(positions), index: index)
    // Where a class is, not where it is not or where others are.
    let selecting =
      switch target {
      case .negated: -weights
      case .contrasted: weights.positive
      default: weights
      }
    let measure = positions == .best ? likelihoods : scores
    let selected = (measure * selecting.column(rank: scores.shape.rank)).sum(over: .channels)
    let places =
      switch positions {
      case .best: first(of: selected)
      case .winning: target.isClass ? winning(selected) : selected.isGreater(than: 0)
      case .all, .single, .region: constant(positions)
      }
    return TargetSeed(weights: weights, places: places.broadcast(to: grid))
  }

  /// What tells at which position a class is best: the logarithms of its probabilities where a softmax
  /// makes some, else the scores.
  private var likelihoods: Value {
    switch activation {
    case .softmax, .logSoftmax: builder.apply(LogSoftmax(axis: 1), [scores])
    case .none, .logistic, .probabilities: scores
    }
  }

  private var grid: Shape { scores.shape.replacing(1, with: 1) }

  /// What classes are ranked by: their highest score, the number of positions where they win, or
  /// their sum over the positions that are named.
  private func key(_ positions: Positions) -> Value {
    let key =
      switch positions {
      case .best: likelihoods.maximum(over: .positions)
      case .winning: scores.isEqual(to: scores.maximum(over: .channels)).sum(over: .positions)
      case .all, .single, .region: (scores * constant(positions)).sum(over: .positions)
      }
    return key.reshaped(to: row)
  }

  /// 1 at the first position of the highest score.
  private func first(of selected: Value) -> Value {
    let count = selected.shape.positions.reduce(1, *)
    return winner(0, of: selected.reshaped(to: [row[0], count])).reshaped(to: grid)
  }

  /// 1 where a class has a higher score than any other; a single class, where it is likely.
  private func winning(_ selected: Value) -> Value {
    guard row[1] == 1 else { return selected.isEqual(to: scores.maximum(over: .channels)) }
    return selected.isGreater(than: activation == .probabilities ? 0.5 : 0)
  }

  /// Positions that do not depend on the scores.
  private func constant(_ positions: Positions) -> Value {
    let extents = scores.shape.positions
    let shape = Shape([1, 1] + extents)
    var weights = [Float](repeating: 1, count: extents.reduce(1, *))
    switch positions {
    case .best, .winning, .all: break
    case .single(let index):
      let place = zip(index, Shape(extents).strides).reduce(0) { $0 + $1.0 * $1.1 }
      weights = weights.indices.map { $0 == place ? 1 : 0 }
    case .region(let region, _): weights = region
    }
    return builder.constant(Tensor(shape: shape, elements: weights))
  }

  /// The steps of the best path that say the symbol in a place of the text, repeated ones with it.
  ///
  /// As connectionist temporal classification reads them, Graves et al. 2006 (ICML).
  private func symbol(_ place: Int) -> TargetSeed {
    let (samples, count, steps) = (row[0], row[1], scores.shape[2])
    // One row for every step.
    let rows = scores.transposed([0, 2, 1]).reshaped(to: [samples * steps, count])
    let path = winner(0, of: rows).reshaped(to: [samples, steps, count])
    let symbols = builder.constant(
      Tensor(shape: [1, 1, count], elements: (0..<count).map { $0 == blank ? 0 : 1 }))
    let said = path * symbols
    let isSymbol = said.sum(over: .axes([2]))
    let before = said.sliced(1, start: 0, count: steps - 1)
      .padded(before: [0, 1, 0], after: [0, 0, 0])
    let isNew = isSymbol - (said * before).sum(over: .axes([2]))
    let sums = (0..<steps).flatMap { step in (0..<steps).map { $0 <= step ? Float(1) : 0 } }
    let summing = builder.constant(Tensor(shape: [steps, steps], elements: sums))
    let number = isNew.reshaped(to: [samples, steps]).product(summing, transposesRight: true)
      .reshaped(to: [samples, steps, 1])
    let places = isSymbol * number.isEqual(to: builder.constant(Float(place + 1)))
    let counted = (said * places).maximum(over: .axes([1])).reshaped(to: row)
    return TargetSeed(weights: counted, places: places.transposed([0, 2, 1]))
  }
}

extension Target {
  /// Whether it is the score of one class, or what speaks against one.
  fileprivate var isClass: Bool {
    switch self {
    case .ranked, .output, .given, .negated, .symbol, .contrasted: true
    case .margin, .weights, .similarity, .placed: false
    }
  }
}

extension Value {
  /// `[samples, classes]` as a column of so many axes, `[samples, classes, 1…]`.
  func column(rank: Int) -> Value {
    rank == shape.rank
      ? self : reshaped(to: Shape(shape.extents + Array(repeating: 1, count: rank - shape.rank)))
  }
}
