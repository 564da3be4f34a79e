import Foundation
import TensorCore
import TestSupport

/// The relevance of the inputs of one direction of a recurrent layer, step by step by hand.
///
/// Sums divide by `z + ε · sign(z)`, biases keep their share, and in products of a gate and a signal the
/// signal takes all: Arras et al. 2017 (arXiv 1706.07206), section 2.3.2, and 2019 (arXiv 1909.12114).
struct LiteralRecurrentRelevance {
  let type: String
  let weights: ReferenceTensor
  let recurrent: ReferenceTensor
  let bias: ReferenceTensor
  let isReversed: Bool
  let isVariant: Bool
  let limit: Double?
  let length: Int
  let direction: Int

  private static let epsilon = Double(Float(1e-6))

  private var width: Int { recurrent.shape[2] }
  private var gateCount: Int { recurrent.shape[1] / width }
  private var units: Range<Int> { 0..<width }

  /// The relevance of `x`, `[steps][features]`, for that of the hidden states of all steps, of the last
  /// hidden state and of the last cell.
  func relevance(
    _ x: [[Double]], _ h0: [Double], _ c0: [Double], states: [[Double]], last: [Double],
    cell: [Double]
  ) -> [[Double]] {
    let places = isReversed ? Array((0..<length).reversed()) : Array(0..<length)
    var past: [(h: [Double], c: [Double])] = [(h0, c0)]
    for place in places {
      let (h, c) = past[past.count - 1]
      past.append(next(x[place], h, c))
    }
    var result = [[Double]](repeating: Array(repeating: 0, count: x[0].count), count: x.count)
    var (rh, rc) = (last, cell)
    for (index, place) in places.enumerated().reversed() {
      let before = past[index]
      rh = units.map { rh[$0] + states[place][$0] }
      let passed =
        switch type {
        case "LSTM": longShortTerm(x[place], before, past[index + 1].c, rh, rc)
        case "GRU": gated(x[place], before.h, past[index + 1].h, rh)
        default: sum(0, x[place], before.h, factors: nil, rh)
        }
      (result[place], rh, rc) = passed
    }
    return result
  }

  private typealias Passed = (x: [Double], h: [Double], c: [Double])

  private func longShortTerm(
    _ x: [Double], _ before: (h: [Double], c: [Double]), _ next: [Double], _ rh: [Double],
    _ rc: [Double]
  ) -> Passed {
    var (candidate, cell) = ([Double](), [Double]())
    for unit in units {
      let taken = logistic(value(0, unit, x, before.h))
      let kept = isVariant ? 1 - taken : logistic(value(2, unit, x, before.h))
      let signal = tanh(value(3, unit, x, before.h))
      let s = (rh[unit] + rc[unit]) / stable(next[unit])
      candidate.append(taken * signal * s)
      cell.append(kept * before.c[unit] * s)
    }
    let passed = sum(3, x, before.h, factors: nil, candidate)
    return (passed.x, passed.h, cell)
  }

  private func gated(_ x: [Double], _ h: [Double], _ next: [Double], _ rh: [Double]) -> Passed {
    let reset = units.map { logistic(value(1, $0, x, h)) }
    var (candidate, kept) = ([Double](), [Double]())
    for unit in units {
      let update = logistic(value(0, unit, x, h))
      let s = rh[unit] / stable(next[unit])
      candidate.append((next[unit] - update * h[unit]) * s)
      kept.append(update * h[unit] * s)
    }
    let passed = sum(2, x, h, factors: reset, candidate)
    return (passed.x, units.map { passed.h[$0] + kept[$0] }, units.map { _ in 0 })
  }

  /// Relevance of `W x + b + R h + c`, in the order in which these are added; of gated units the reset
  /// gate stands before or behind the recurrent product.
  private func sum(
    _ gate: Int, _ x: [Double], _ h: [Double], factors: [Double]?, _ relevance: [Double]
  ) -> Passed {
    var (rx, rh) = (x.map { _ in 0.0 }, units.map { _ in 0.0 })
    for unit in units {
      let row = gate * width + unit
      let (b, c) = (bias[[direction, row]], bias[[direction, gateCount * width + row]])
      let shown = isVariant || factors == nil ? h : zip(h, factors ?? []).map { $0 * $1 }
      let inside = x.indices.reduce(0.0) { $0 + weights[[direction, row, $1]] * x[$1] }
      let recurred = units.reduce(0.0) { $0 + recurrent[[direction, row, $1]] * shown[$1] }
      var r = relevance[unit]
      let ofInput: Double
      let ofState: Double
      if let factors {
        // The bias is added to the recurrent product first.
        let factor = isVariant ? factors[unit] : 1
        let total = inside + b + factor * (recurred + c)
        ofState = factor * (recurred + c) * r / stable(total) * recurred / stable(recurred + c)
        ofInput = (inside + b) * r / stable(total)
      } else {
        let both = inside + b + recurred
        r *= both / stable(both + c)
        (ofInput, ofState) = ((inside + b) * r / stable(both), recurred * r / stable(both))
      }
      let kept = ofInput * inside / stable(inside + b)
      for i in x.indices {
        rx[i] += weights[[direction, row, i]] * x[i] * kept / stable(inside)
      }
      for j in units {
        rh[j] += recurrent[[direction, row, j]] * shown[j] * ofState / stable(recurred)
      }
    }
    return (rx, rh, units.map { _ in 0 })
  }

  private func next(_ x: [Double], _ h: [Double], _ c: [Double]) -> (h: [Double], c: [Double]) {
    switch type {
    case "LSTM":
      let cell = units.map { unit in
        let taken = logistic(value(0, unit, x, h))
        let kept = isVariant ? 1 - taken : logistic(value(2, unit, x, h))
        return kept * c[unit] + taken * tanh(value(3, unit, x, h))
      }
      return (units.map { logistic(value(1, $0, x, h)) * tanh(cell[$0]) }, cell)
    case "GRU":
      let reset = units.map { logistic(value(1, $0, x, h)) }
      return (
        units.map { unit in
          let update = logistic(value(0, unit, x, h))
          let shown =
            isVariant
            ? reset[unit] * recurred(2, unit, h) : recurred(2, unit, zip(reset, h).map { $0 * $1 })
          let candidate = tanh(limited(input(2, unit, x) + shown))
          return (1 - update) * candidate + update * h[unit]
        }, c
      )
    default: return (units.map { tanh(value(0, $0, x, h)) }, c)
    }
  }

  private func value(_ gate: Int, _ unit: Int, _ x: [Double], _ h: [Double]) -> Double {
    limited(input(gate, unit, x) + recurred(gate, unit, h))
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

  private func stable(_ z: Double) -> Double { z < 0 ? z - Self.epsilon : z + Self.epsilon }

  private func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
