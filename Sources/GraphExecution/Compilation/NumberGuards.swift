import GraphIR
import Operations
import TensorCore

/// What a run met that is no number, before kernels that hide it.
///
/// ONNX Runtime hands such values on, to the scores at last; the library's fused rectifiers, clips and
/// max poolings make numbers of them. Whatever depends on such a kernel is no number here either.
final class NumberGuards {
  private var guarded: Set<ValueID> = []
  private var found: [ValueID: Set<Int>] = [:]
  private let doubtful: DoubtfulNumbers

  init(_ graph: Graph, _ fusion: FusionPlan) {
    doubtful = DoubtfulNumbers(graph, fusion)
  }

  /// Whether a value may be infinite, or no number, although inputs are finite.
  func mayOverflow(_ value: ValueID) -> Bool { doubtful.comesOfArithmetic[value.index] }

  /// Whether a run met anything.
  var isClear: Bool { found.isEmpty }

  /// Forgets the last run.
  func clear() { found = [:] }

  /// Adds steps that look through what the kernel of a node reads and might hide.
  ///
  /// - Throws: `ExecutionError` when a value cannot be read.
  func add(before value: ValueID, _ draft: ProgramDraft) throws(ExecutionError) {
    let isPooling = draft.graph[value].operation is MaxPooling
    for input in draft.fusion.hiddenInputs(of: value, in: draft.graph) ?? [] {
      guard doubtful.isDoubtful[input.index], guarded.insert(input).inserted else { continue }
      let buffer = try draft.buffer(input)
      let rows = max(1, draft.graph[input].shape.extents.first ?? 1)
      draft.add(
        DraftStep(name: "look through %\(input.index)", reads: [buffer], writes: []) { memory in
          let source = memory(buffer)
          return {
            let rows = UnfitNumbers(source).rows(of: rows, infinitiesToo: !isPooling)
            if !rows.isEmpty { self.found[input] = Set(rows) }
          }
        })
    }
  }

  /// The values that were looked through and that each output of a graph depends on.
  func influences(on graph: Graph) -> [[ValueID]] {
    guard !guarded.isEmpty else { return graph.outputs.map { _ in [] } }
    return graph.outputs.map { output in
      let ancestors = graph.ancestors(of: [output.value])
      return guarded.filter { ancestors[$0.index] }
    }
  }

  /// An output without what was made of such values: the rows of samples that had them where there
  /// are as many rows, else all of it.
  ///
  /// - Parameters:
  ///   - tensor: The output.
  ///   - influences: The values that it depends on, and how many rows each has.
  /// - Returns: The output, with what cannot be known as no number.
  func honest(_ tensor: Tensor, influences: [(value: ValueID, rows: Int)]) -> Tensor {
    var spoiled: Set<Int> = []
    let rows = tensor.shape.extents.first ?? 1
    for (value, count) in influences {
      guard let found = found[value] else { continue }
      spoiled.formUnion(count == rows ? found : Set(0..<rows))
    }
    guard !spoiled.isEmpty else { return tensor }
    var elements = tensor.elements
    let width = elements.count / max(rows, 1)
    for row in spoiled {
      for index in row * width..<(row + 1) * width { elements[index] = .nan }
    }
    return Tensor(shape: tensor.shape, elements: elements)
  }
}
