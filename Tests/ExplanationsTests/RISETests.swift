import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// RISE against what it tends to, and its errors against how far runs differ.
struct RISETests {
  private typealias Network = PerturbationNetwork

  private static let estimates: [(baseline: String, normalization: String)] = [
    ("mean", "masks"), ("none", "masks"), ("mean", "expected"), ("none", "expected"),
  ]

  /// All masks of 12 positions with 4 cells of 3, equally likely at a share of one half.
  private static func allMasks() -> [[Double]] {
    (0..<16).flatMap { cells in
      (0..<3).map { shift in
        (0..<12).map { position in
          // Four cells are stretched over five times three positions.
          let place = min(max((Double(position + shift) + 0.5) * 4 / 15 - 0.5, 0), 3)
          let lower = min(Int(place), 2)
          let bits = [0, 1].map { Double(cells >> (3 - lower - $0) & 1) }
          return bits[0] + (bits[1] - bits[0]) * (place - Double(lower))
        }
      }
    }
  }

  @Test func `masks are those of the paper`() {
    var masks = RandomMasks(MaskSite(positions: [12], seed: 5), cells: 4, share: 0.5)
    let all = Self.allMasks()
    var met: Set<Int> = []
    for _ in 0..<400 {
      let mask = masks.next().map(Double.init)
      let nearest = all.indices.first { index in
        zip(all[index], mask).allSatisfy { abs($0 - $1) < 1e-5 }
      }
      #expect(nearest != nil)
      if let nearest { met.insert(nearest) }
    }
    // Masks that show everything or nothing are the same for all shifts.
    #expect(met.count >= 40)
  }

  @Test(arguments: estimates)
  func `a linear network gives its weights, smoothed as masks are`(
    baseline: String, normalization: String
  ) throws {
    let weights: [Float] = [0.5, -1, 2, 0, 0.25, -0.75, 1, 3, -2, 0.1, 0, 1.5]
    let model = try Network.linear(weights)
    let input = Tensor(shape: [1, 12], elements: [1, 2, -1, 3, 1, 1, 2, 0.5, 1, -2, 4, 1])
    let found = try Network.explanation(
      "rise",
      [
        "cells": "4", "masks": "4000", "score": "logit", "baseline": baseline,
        "normalization": normalization,
      ], of: model, input)
    let masks = Self.allMasks()
    let scores = masks.map { mask in
      mask.indices.reduce(0) { $0 + mask[$1] * Double(weights[$1] * input.elements[$1]) }
    }
    let mean = scores.reduce(0, +) / 48
    let expected = (0..<12).map { position in
      let shown = masks.reduce(0) { $0 + $1[position] }
      let sum = zip(masks, scores).reduce(0) { $0 + $1.0[position] * $1.1 }
      return sum / shown - (baseline == "mean" ? mean : 0)
    }
    let errors = try #require(found.standardErrors).elements.map(Double.init)
    for position in 0..<12 {
      let difference = Double(found.map.elements[position]) - expected[position]
      #expect(abs(difference) < 4 * errors[position], "position \(position)")
    }
    #expect((errors.max() ?? 1) < 0.2)
  }

  /// Moments of masks with scores that are not linear, over many runs.
  @Test(arguments: estimates)
  func `standard errors are how far runs differ`(baseline: String, normalization: String) {
    let estimate = MaskMoments.Estimate(
      subtractsMean: baseline == "mean", expectedShare: normalization == "expected" ? 0.5 : nil)
    let runs = (0..<300).map { seed in
      var masks = RandomMasks(
        MaskSite(positions: [12], seed: UInt64(1000 + seed)), cells: 4, share: 0.5)
      var moments = MaskMoments(12)
      for _ in 0..<200 {
        let mask = masks.next()
        let score = Double(3 + mask[2] * mask[7] * 4 - mask[10] + mask[5] * mask[5])
        moments.add([mask], [score])
      }
      return moments.finding(estimate)
    }
    for position in 0..<12 {
      let values = runs.map { $0.map[position] }
      let mean = values.reduce(0, +) / 300
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
      let claimed =
        runs.reduce(0) {
          $0 + ($1.standardErrors?[position] ?? 0) * ($1.standardErrors?[position] ?? 0)
        }
        / 300
      // The spread of 300 runs is known to a twelfth of its variance: four times as much is chance.
      #expect(abs(variance / claimed - 1) < 0.35, "position \(position): \(variance / claimed)")
    }
  }

  @Test func `the mean score is noise that the sums over masks alone do not carry`() throws {
    func error(_ normalization: String, _ baseline: String) -> Double {
      var masks = RandomMasks(MaskSite(positions: [12], seed: 1), cells: 4, share: 0.5)
      var moments = MaskMoments(12)
      for _ in 0..<500 {
        let mask = masks.next()
        moments.add([mask], [Double(10 + mask[3])])
      }
      let found = moments.finding(
        MaskMoments.Estimate(
          subtractsMean: baseline == "mean",
          expectedShare: normalization == "expected" ? 0.5 : nil))
      return found.standardErrors?.reduce(0, +) ?? 0
    }
    #expect(error("masks", "mean") < 0.2 * error("expected", "none"))
  }

  @Test func `no more masks are drawn once the error is small`() throws {
    let model = try Network.model([30])
    let input = Network.input([30])
    func found(_ error: String) throws -> SamplingRecord {
      try #require(
        try Network.explanation("rise", ["error": error, "masks": "3000"], of: model, input)
          .sampling)
    }
    let (all, some) = (try found("0"), try found("12"))
    #expect(all.maskCount == 3000)
    #expect(some.maskCount < 3000 && some.maskCount % MaskSampler.greatestLot == 0)
    let (error, least) = (try #require(some.standardError), try #require(all.standardError))
    #expect(error < 0.12 && least < error)
  }

  @Test func `the seed and the input decide which masks there are`() throws {
    let model = try Network.model([30])
    func map(_ seed: String) throws -> Tensor {
      try Network.explanation(
        "rise", ["masks": "64", "seed": seed], of: model, Network.input([30])
      ).map
    }
    #expect(try map("0") == map("0"))
    #expect(try map("0") != map("1"))
    let input = Network.input([4])
    #expect(input.seed(0) != input.seed(1))
    #expect(input.seed(0) != Network.input([4], start: 3).seed(0))
  }
}
