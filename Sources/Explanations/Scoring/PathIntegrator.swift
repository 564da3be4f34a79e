import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// One map to make by integrating gradients.
struct PathJob {
  let item: PlanItem
  let rule: PathRule
  /// All inputs of the sample; the one that the map lies on is compared.
  let inputs: [String: Tensor]
  /// What it is compared with, `[channels, positions…]`, and that in words.
  let baseline: Tensor
  let baselineTitle: String
  /// How much each score counts, `[1, classes, positions…]`.
  let target: Tensor
  /// The explained value of the input.
  let explained: Float
}

/// Integrates the gradients of a network along straight ways, many points at a time.
final class PathIntegrator: Sendable {
  /// The input whose values change, and which form of the scores is explained.
  private struct Kind: Hashable {
    let input: NetworkInput
    let form: FormedScores
  }

  /// What the network gives at a point.
  private struct Outputs: Sendable {
    /// The gradient with respect to the input, of its shape.
    let gradient: OutputHandle
    /// The explained value, `[samples]`.
    let explained: OutputHandle
  }

  private let form: ScoreForm
  private let runner: PointRunner<Kind, Outputs>

  init(
    _ model: Model, _ form: ScoreForm, options: ProgramOptions, lane: ExecutionLane, batch: Int
  ) {
    self.form = form
    runner = PointRunner(model, options: options, lane: lane, batch: batch) { kind, samples in
      try Self.graph(kind, model, samples)
    }
  }

  /// Makes maps.
  ///
  /// - Parameters:
  ///   - jobs: Whose, and of what.
  ///   - progress: Called with the share of maps that are done.
  /// - Returns: A map for each, `[positions…]`, with how well it adds up.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func maps(_ jobs: [PathJob], progress: (Double) -> Void = { _ in }) throws -> [MapPair] {
    var paths = jobs.map { Path($0) }
    let kinds = jobs.map { Kind(input: $0.item.input, form: FormedScores(form, $0.item.target)) }
    var waiting = jobs.count
    for kind in Set(kinds) {
      var open = jobs.indices.filter { kinds[$0] == kind }
      while !open.isEmpty {
        let points = open.flatMap { index in
          paths[index].nextPoints.map { (path: index, place: $0) }
        }
        try run(points, kind, jobs, &paths)
        for index in open { paths[index].close() }
        waiting -= open.count
        open.removeAll { paths[$0].isDone }
        waiting += open.count
        progress(1 - Double(waiting) / Double(jobs.count))
      }
    }
    return paths.map(\.result)
  }

  /// Runs the network at points and adds what it gives to their paths.
  private func run(
    _ points: [(path: Int, place: Double)], _ kind: Kind, _ jobs: [PathJob],
    _ paths: inout [Path]
  ) throws {
    try runner.run(
      kind, count: points.count,
      inputs: { _, index in
        let (path, place) = points[index]
        var values: [String: Tensor] = ["target": jobs[path].target.part(0)]
        for (name, tensor) in jobs[path].inputs { values[ScoringGraphs.label(name)] = tensor }
        values[ScoringGraphs.label(kind.input.name)] = paths[path].input(at: place)
        return values
      },
      read: { outputs, results, row, index in
        paths[points[index].path].add(
          outputs[results.gradient].elements, row: row,
          explained: Double(outputs[results.explained].elements[row]), at: points[index].place)
      })
  }

  /// The network with the gradient of what is explained.
  ///
  /// Inputs: those of the network, and how much each score counts, `target`
  /// `[samples, classes, positions…]`.
  private static func graph(
    _ kind: Kind, _ model: Model, _ samples: Int
  ) throws -> NetworkGraph<Outputs> {
    let builder = GraphBuilder()
    var inputs: [String: Value] = [:]
    for input in model.inputs {
      inputs[input.name] = builder.input(
        ScoringGraphs.label(input.name), shape: Shape([samples] + input.shape.extents))
    }
    let network = try model.network(samples: samples)
    let values = try builder.insert(network.graph, inputs: inputs)
    let scores = values[network.parts.scores.index]
    let target = builder.input("target", shape: scores.shape)
    let formed = kind.form.of(scores, model.activation)
    guard let input = inputs[kind.input.name] else {
      throw ExplanationError(.unsuitableInput, "there is no input \(kind.input.name)")
    }
    let gradient = try builder.gradients(
      of: [Seed(formed, weights: target)], withRespectTo: [input])[0]
    let explained = (formed * target).sum(over: .axes(Array(1..<scores.shape.rank)))
    let outputs = Outputs(
      gradient: builder.output("gradient", gradient),
      explained: builder.output("explained", explained.reshaped(to: [samples])))
    return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
  }
}
