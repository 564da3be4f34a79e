import Operations
import TensorCore
import TestSupport

/// Which numbers of an input a number of the result may depend on, by what is said of the axes.
struct AxisPrediction {
  let origins: [AxisOrigin]
  let input: Shape
  let result: Shape

  /// Whether the result at one index may depend on the input at another.
  func allows(_ resultIndex: [Int], _ inputIndex: [Int]) -> Bool {
    origins.indices.allSatisfy { axis in
      switch origins[axis] {
      case .repeated, .summed, .coupled, .mixed: true
      case .window(of: let source, let window):
        seen(window, resultIndex[axis], input[source]).contains(inputIndex[source])
      case .selection(of: let source, let list): list[resultIndex[axis]] == inputIndex[source]
      case .regrouped(let sources):
        place(inputIndex, input, sources)
          == place(resultIndex, result, axesThatRegroup(sources))
      }
    }
  }

  /// The first and last index that a window sees, by the definition.
  func seen(_ window: AxisWindow, _ index: Int, _ extent: Int) -> ClosedRange<Int> {
    let center = window.step * Double(index) + window.offset
    // Thirds are not exact.
    let first = Int((center - window.reach / 2 + 1e-9).rounded(.down))
    let last = Int((center + window.reach / 2 - 1e-9).rounded(.up))
    return min(max(first, 0), extent - 1)...max(min(last, extent - 1), 0)
  }

  private func axesThatRegroup(_ sources: [Int]) -> [Int] {
    origins.indices.filter { origins[$0] == .regrouped(sources) }
  }

  /// The position in row-major order over some axes.
  private func place(_ index: [Int], _ shape: Shape, _ axes: [Int]) -> Int {
    axes.reduce(0) { $0 * shape[$1] + index[$1] }
  }
}

/// Which numbers of a result change when one number of an input does.
struct Dependence {
  /// The index of the input.
  let source: [Int]

  /// The indices of the result, and by how much each changed in the last trial.
  var changes: [[Int]: Double] = [:]

  /// Changes every number of one input in turn, in several trials with random numbers.
  static func measured(_ sample: OperationSample, input: Int) throws -> [Dependence] {
    var generator = SeededGenerator(seed: 3)
    var sources: [[Int]] = []
    forEachIndex(sample.inputs[input].shape.extents) { sources.append($0) }
    var dependences = sources.map { Dependence(source: $0) }
    for kind in Array(repeating: NumberKind.allCases, count: 4).joined() {
      let inputs = sample.inputs.map {
        ReferenceTensor.random($0.shape, kind, using: &generator)
      }
      let before = try sample.evaluate(inputs)
      let step = kind == .whole ? 1 : Double.random(in: 0.5...1.5, using: &generator)
      for index in dependences.indices {
        var changed = inputs
        changed[input][dependences[index].source] += step
        let after = try sample.evaluate(changed)
        forEachIndex(after.shape.extents) { place in
          let change = after[place] - before[place]
          // Rounding is of order 1e-15.
          if abs(change) > 1e-12 { dependences[index].changes[place] = change / step }
        }
      }
    }
    return dependences
  }
}
