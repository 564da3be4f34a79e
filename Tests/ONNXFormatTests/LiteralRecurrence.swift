import Foundation
import TensorCore
import TestSupport

/// One direction of a recurrent layer by the formulas of the ONNX specification, in double precision.
struct LiteralRecurrence {
  let type: String
  let weights: ReferenceTensor
  let recurrent: ReferenceTensor
  let bias: ReferenceTensor
  let peephole: ReferenceTensor?
  let isReversed: Bool
  let isVariant: Bool
  let limit: Double?
  let lengths: [Int]
  let direction: Int

  private var width: Int { recurrent.shape[2] }
  private var gateCount: Int { recurrent.shape[1] / width }

  /// The hidden states `[steps][samples][width]`, and the last hidden states and cells.
  func run(
    _ inputs: ReferenceTensor, hidden: ReferenceTensor, cell: ReferenceTensor
  ) -> (all: [[[Double]]], hidden: [[Double]], cell: [[Double]]) {
    let (steps, samples) = (inputs.shape[0], inputs.shape[1])
    var all = [[[Double]]](
      repeating: Array(repeating: Array(repeating: 0, count: width), count: samples), count: steps)
    var (lastHidden, lastCell): ([[Double]], [[Double]]) = ([], [])
    for sample in 0..<samples {
      var h = (0..<width).map { hidden[[direction, sample, $0]] }
      var c = (0..<width).map { cell[[direction, sample, $0]] }
      let places = Array(0..<min(lengths[sample], steps))
      for step in isReversed ? places.reversed() : places {
        let x = (0..<inputs.shape[2]).map { inputs[[step, sample, $0]] }
        (h, c) = next(x, h, c)
        all[step][sample] = h
      }
      lastHidden.append(h)
      lastCell.append(c)
    }
    return (all, lastHidden, lastCell)
  }

  private func next(_ x: [Double], _ h: [Double], _ c: [Double]) -> ([Double], [Double]) {
    switch type {
    case "LSTM": return longShortTerm(x, h, c)
    case "GRU": return (gated(x, h), c)
    default: return ((0..<width).map { tanh(limited(input(0, $0, x) + recurred(0, $0, h))) }, c)
    }
  }

  private func longShortTerm(
    _ x: [Double], _ h: [Double], _ c: [Double]
  ) -> ([Double], [Double]) {
    func gate(_ index: Int, _ unit: Int, _ cell: [Double]) -> Double {
      let peep = index < 3 ? (peephole?[[direction, index * width + unit]] ?? 0) * cell[unit] : 0
      return limited(input(index, unit, x) + recurred(index, unit, h) + peep)
    }
    let next = (0..<width).map { unit in
      let taken = logistic(gate(0, unit, c))
      let kept = isVariant ? 1 - taken : logistic(gate(2, unit, c))
      return kept * c[unit] + taken * tanh(gate(3, unit, c))
    }
    return ((0..<width).map { logistic(gate(1, $0, next)) * tanh(next[$0]) }, next)
  }

  private func gated(_ x: [Double], _ h: [Double]) -> [Double] {
    let update = (0..<width).map { logistic(limited(input(0, $0, x) + recurred(0, $0, h))) }
    let reset = (0..<width).map { logistic(limited(input(1, $0, x) + recurred(1, $0, h))) }
    return (0..<width).map { unit in
      let shown =
        isVariant
        ? reset[unit] * recurred(2, unit, h) : recurred(2, unit, zip(reset, h).map { $0 * $1 })
      let candidate = tanh(limited(input(2, unit, x) + shown))
      return (1 - update[unit]) * candidate + update[unit] * h[unit]
    }
  }

  private func input(_ gate: Int, _ unit: Int, _ x: [Double]) -> Double {
    let row = gate * width + unit
    return x.indices.reduce(bias[[direction, row]]) {
      $0 + weights[[direction, row, $1]] * x[$1]
    }
  }

  private func recurred(_ gate: Int, _ unit: Int, _ h: [Double]) -> Double {
    let row = gate * width + unit
    return h.indices.reduce(bias[[direction, gateCount * width + row]]) {
      $0 + recurrent[[direction, row, $1]] * h[$1]
    }
  }

  private func limited(_ value: Double) -> Double {
    limit.map { min(max(value, -$0), $0) } ?? value
  }

  private func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
