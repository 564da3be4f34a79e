import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// A number of a result and one of an input that it depends on.
private struct SeenPair {
  let result: [Int]
  let source: [Int]
}

/// What is said of axes against what changes when one number of an input does.
struct AxisContractTests {
  @Test(arguments: OperationCatalog.samples)
  func `axes are where changes go`(sample: OperationSample) throws {
    let site = try sample.site
    let axes = try sample.core.axes(at: site)
    #expect(axes.count == sample.inputs.count)
    for (input, origins) in axes.enumerated() {
      try #require(origins.count == site.result.rank)
      let prediction = AxisPrediction(
        origins: origins, input: site.inputs[input], result: site.result)
      let dependences = try Dependence.measured(sample, input: input)
      for dependence in dependences {
        for place in dependence.changes.keys {
          #expect(prediction.allows(place, dependence.source), "\(dependence.source) \(place)")
        }
      }
      expectTight(prediction, dependences)
      expectEven(prediction, dependences)
    }
  }

  /// Windows reach as far as is said, and what is said to be mixed is mixed.
  private func expectTight(_ prediction: AxisPrediction, _ dependences: [Dependence]) {
    let pairs = dependences.flatMap { dependence in
      dependence.changes.keys.map { SeenPair(result: $0, source: dependence.source) }
    }
    guard !pairs.isEmpty else { return }
    for (axis, origin) in prediction.origins.enumerated() {
      switch origin {
      case .repeated, .selection, .regrouped: break
      case .window(of: let source, let window):
        #expect(mostSeen(pairs, source) <= window.tapCount, "\(origin)")
        guard window.tapCount > 1 else { continue }
        let seen = pairs.map { pair in
          let range = prediction.seen(window, pair.result[axis], prediction.input[source])
          return (range.lowerBound - pair.source[source], range.upperBound - pair.source[source])
        }
        #expect(seen.contains { $0.0 == 0 } && seen.contains { $0.1 == 0 }, "\(origin)")
      case .summed(let source), .coupled(let source):
        #expect(mostSeen(pairs, source) == prediction.input[source], "\(origin)")
      case .mixed(let sources):
        for source in sources {
          let indices = Set(pairs.map { $0.source[source] })
          #expect(indices.count == prediction.input[source], "\(origin)")
        }
      }
    }
  }

  /// The largest number of indices along an axis that one number of the result sees.
  private func mostSeen(_ pairs: [SeenPair], _ source: Int) -> Int {
    let seen = Dictionary(grouping: pairs) { $0.result }
    return seen.values.map { pairs in Set(pairs.map { $0.source[source] }).count }.max() ?? 0
  }

  /// What is said to count alike counts alike.
  private func expectEven(_ prediction: AxisPrediction, _ dependences: [Dependence]) {
    for origin in prediction.origins {
      let source: Int
      switch origin {
      case .summed(let axis): source = axis
      case .window(of: let axis, let window) where window.isEven && window.tapCount > 1:
        source = axis
      default: continue
      }
      var first: [[Int]: Double] = [:]
      for dependence in dependences {
        var rest = dependence.source
        rest[source] = 0
        for (place, change) in dependence.changes {
          let known = first[place + rest]
          #expect(abs((known ?? change) - change) < 1e-9, "\(origin)")
          first[place + rest] = change
        }
      }
    }
  }

  @Test(arguments: OperationCatalog.samples)
  func `elementwise is what sees one number of each input at its place`(
    sample: OperationSample
  ) throws {
    guard sample.operation is any ElementwiseOperation else { return }
    for origins in try sample.core.axes(at: sample.site) {
      #expect(
        origins.allSatisfy {
          if case .window(_, let window) = $0 { window == .identity } else { $0 == .repeated }
        })
    }
  }
}
