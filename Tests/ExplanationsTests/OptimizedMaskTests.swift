import Catalogs
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// What holds of methods that look for masks step by step.
struct OptimizedMaskTests {
  private typealias Network = PerturbationNetwork

  static let methods: [(id: String, settings: [String: String])] = [
    ("meaningful-perturbation", ["steps": "4", "cells": "5", "start": "0.5"]),
    (
      "meaningful-perturbation",
      ["steps": "8", "cells": "5", "smoothness": "0.6", "start": "0.5", "fill": "zero"]
    ),
    ("extremal-perturbation", ["steps": "12", "cells": "6", "areas": "20,50"]),
    (
      "extremal-perturbation",
      [
        "steps": "12", "cells": "6", "areas": "30", "levels": "2", "optimizer": "momentum",
        "smoothness": "1", "unit": "none",
      ]
    ),
    ("counterfactual-mask", ["steps": "10", "cells": "5", "samples": "3"]),
    (
      "counterfactual-mask",
      ["steps": "10", "cells": "5", "region": "deletion", "fill": "blur", "variation": "0.1"]
    ),
  ]

  @Test(arguments: methods)
  func `maps do not depend on what is explained beside, nor on how many masks run at once`(
    id: String, settings: [String: String]
  ) throws {
    let model = try Network.model([14, 10])
    let inputs = (0..<3).map { Network.input([14, 10], start: $0) }
    let one = try Network.explanations(id, settings, of: model, inputs, batch: 1)
    let many = try Network.explanations(id, settings, of: model, inputs.reversed(), batch: 64)
    for (left, right) in zip(one, many.reversed()) {
      let scale = Double(left.map.elements.map(abs).max() ?? 0)
      #expect(scale > 0)
      expectClose(left.map, right.map, absolute: 1e-3 * scale, relative: 0)
      let (first, second) = (
        try #require(left.optimization), try #require(right.optimization)
      )
      #expect(first.stepCount == second.stepCount)
      expectClose(first.losses, second.losses, absolute: 1e-4)
    }
    #expect(one[0].map != one[1].map)
  }

  @Test(arguments: methods)
  func `a spectrum is a picture of height 1`(id: String, settings: [String: String]) throws {
    let line = try Network.explanation(id, settings, of: Network.model([40]), Network.input([40]))
    let picture = try Network.explanation(
      id, settings, of: Network.model([1, 40]), Network.input([1, 40]))
    let scale = Double(line.map.elements.map(abs).max() ?? 0)
    #expect(scale > 0 && picture.map.shape == [1, 40])
    expectClose(
      picture.map.reshaped(to: [40]), line.map, absolute: 1e-3 * scale, relative: 0)
  }

  @Test(arguments: methods)
  func `the same run twice is the same`(id: String, settings: [String: String]) throws {
    let model = try Network.model()
    let input = Network.input([6, 8])
    let found = try (0..<2).map { _ in try Network.explanation(id, settings, of: model, input) }
    #expect(found[0].map == found[1].map && found[0].optimization == found[1].optimization)
  }

  @Test func `other seeds draw other masks`() throws {
    let model = try Network.model()
    let maps = try ["0", "1", "0"].map { seed in
      try Network.explanation(
        "counterfactual-mask", ["seed": seed, "steps": "5", "cells": "4"], of: model,
        Network.input([6, 8])
      ).map
    }
    #expect(maps[0] == maps[2] && maps[0] != maps[1])
  }

  @Test func `settings that make no sense are refused`() throws {
    let wrong = [
      ("meaningful-perturbation", ["steps": "0"]), ("meaningful-perturbation", ["rate": "0"]),
      ("meaningful-perturbation", ["start": "2"]), ("extremal-perturbation", ["areas": "0"]),
      ("extremal-perturbation", ["areas": "5,,10"]), ("extremal-perturbation", ["levels": "1"]),
      ("counterfactual-mask", ["temperature": "0"]), ("counterfactual-mask", ["fill": "gan"]),
    ]
    for (method, settings) in wrong {
      #expect(throws: ExplanationError.self) { try ChosenMethod(method, settings: settings) }
    }
    let areas = try ChosenMethod("extremal-perturbation", settings: ["areas": "2.5, 10"])
    #expect(areas.settings[ExtremalPerturbation.areas].shares == [0.025, 0.1])
    #expect(ExtremalPerturbation.areas.standardText == "2.5,5,10,20")
  }

  @Test func `what is written tells how far the search came`() throws {
    let model = try Network.model()
    let found = try Network.explanation(
      "extremal-perturbation", ["steps": "250", "cells": "6", "areas": "10,30"], of: model,
      Network.input([6, 8]))
    let record = try #require(found.optimization)
    #expect(record.stepCount == 250 && record.losses.count == 101 && record.masks.count == 2)
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("counterfactual-mask")])
    #expect(
      plan.costs == [
        "counterfactual-mask runs the network forth and back on 600 masked inputs for each input"
      ])
    var (told, details): ([Double], [String]) = ([], [])
    let methods = [
      try ChosenMethod("grad-cam"), try ChosenMethod("smooth-grad"),
      try ChosenMethod("meaningful-perturbation", settings: ["steps": "50"]),
    ]
    let several = try ExplanationPlan(model, methods: methods, layers: ["layer"])
    _ = try Explainer(model, several, batch: 2).explain(
      (0..<3).map { Network.input([6, 8], start: $0) }, progress: { told.append($0) },
      detail: { details.append($0) })
    #expect(told.last == 3 && told == told.sorted() && told.count > 100)
    #expect(details.count == 100 && details.allSatisfy { $0.hasPrefix("loss ") })
  }
}

// Networks of which the best mask is known.
extension OptimizedMaskTests {
  private static let weights: [Float] = [0.5, -1, 2, 0.1, 0.25, -0.75, 1, 3, -2, 0.2, 0.4, 1.5]

  private static let ones = Tensor(shape: [1, 12], repeating: 1)

  /// Of all masks of a size that which keeps the largest contributions scores the highest.
  @Test(arguments: [
    (percent: "25", kept: Set([2, 7, 11])), ("50", Set([0, 2, 6, 7, 10, 11])),
  ])
  func `of a linear network extremal masks keep the largest contributions`(
    percent: String, kept: Set<Int>
  ) throws {
    let found = try Network.explanation(
      "extremal-perturbation",
      [
        "areas": percent, "cells": "12", "smoothness": "0", "fill": "zero", "steps": "300",
      ], of: Network.linear(Self.weights), Self.ones)
    for (place, share) in found.map.elements.enumerated() {
      #expect(abs(share - (kept.contains(place) ? 1 : 0)) < 0.05, "position \(place): \(share)")
    }
    let record = try #require(found.optimization)
    #expect(abs(record.masks[0].kept - Double(kept.count) / 12) < 0.02)
    let best = kept.reduce(0) { $0 + Double(Self.weights[$1]) }
    #expect(abs(record.masks[0].score - best) < 0.2)
    #expect(abs(record.wholeScore - 5.2) < 1e-5 && record.hiddenScore == 0)
  }

  /// Where each position costs `λ / n` to hide, those go whose contribution is more than that.
  @Test func `of a linear network the deletion game hides what counts for more than it costs`()
    throws
  {
    let found = try Network.explanation(
      "meaningful-perturbation",
      [
        "cells": "12", "fill": "zero", "unit": "none", "area": "3.6", "variation": "0",
        "score": "logit", "start": "0.5", "steps": "600",
      ], of: Network.linear(Self.weights), Self.ones)
    let expected = Self.weights.map { $0 > 0.3 ? Float(1) : 0 }
    expectClose(
      found.map, Tensor(shape: [12], elements: expected), absolute: 0.02, relative: 0)
    let record = try #require(found.optimization)
    let score = Self.weights.filter { $0 <= 0.3 }.reduce(0, +)
    let cost = 0.3 * Double(expected.count { $0 > 0 })
    #expect(abs((record.losses.last ?? 0) - (Double(score) + cost)) < 5e-3)
  }

  /// The probability of a cell tends to 1 where it adds more than it costs, else to 0.
  @Test(arguments: ["sufficient", "deletion"])
  func `of a linear network counterfactual masks choose what counts for more than it costs`(
    region: String
  ) throws {
    let found = try Network.explanation(
      "counterfactual-mask",
      [
        "cells": "12", "fill": "zero", "unit": "none", "area": "3.6", "steps": "400",
        "samples": "8", "score": "logit", "region": region, "variation": "0",
      ], of: Network.linear(Self.weights), Self.ones)
    for (place, weight) in Self.weights.enumerated() where abs(weight - 0.3) > 0.15 {
      let share = found.map.elements[place]
      #expect(weight > 0.3 ? share > 0.8 : share < 0.2, "position \(place): \(share)")
    }
  }

  @Test(arguments: methods)
  func `the objective falls`(id: String, settings: [String: String]) throws {
    var settings = settings
    settings["steps"] = "60"
    let model = try Network.model([8, 6])
    let inputs = (0..<2).map { Network.input([8, 6], start: $0) }
    for found in try Network.explanations(id, settings, of: model, inputs) {
      let record = try #require(found.optimization)
      let (first, last) = (try #require(record.losses.first), try #require(record.losses.last))
      #expect(last < first, "\(id): \(first) to \(last)")
      #expect(record.masks.allSatisfy { (-1e-6...1 + 1e-6).contains($0.kept) })
    }
  }
}
