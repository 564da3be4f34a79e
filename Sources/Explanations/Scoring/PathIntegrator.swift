import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import Synchronization
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

  private let model: Model
  private let form: ScoreForm
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let largestBatch: Int
  private let programs = Mutex<[Kind: NetworkProgram<Outputs>]>([:])

  /// How many batches of points are in memory at a time.
  private static let batchesAtOnce = 4

  init(
    _ model: Model, _ form: ScoreForm, options: ProgramOptions, lane: ExecutionLane, batch: Int
  ) {
    self.model = model
    self.form = form
    self.options = options
    self.lane = lane
    largestBatch = batch
  }

  /// Makes maps.
  ///
  /// - Parameter jobs: Whose, and of what.
  /// - Returns: A map for each, `[positions…]`, with how well it adds up.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func maps(_ jobs: [PathJob]) throws -> [MapPair] {
    var paths = jobs.map { Path($0) }
    let kinds = jobs.map { Kind(input: $0.item.input, form: FormedScores(form, $0.item.target)) }
    for kind in Set(kinds) {
      var open = jobs.indices.filter { kinds[$0] == kind }
      while !open.isEmpty {
        let points = open.flatMap { index in
          paths[index].nextPoints.map { (path: index, place: $0) }
        }
        try run(points, kind, jobs, &paths)
        for index in open { paths[index].close() }
        open.removeAll { paths[$0].isDone }
      }
    }
    return paths.map(\.result)
  }

  /// Runs the network at points and adds what it gives to their paths.
  private func run(
    _ points: [(path: Int, place: Double)], _ kind: Kind, _ jobs: [PathJob],
    _ paths: inout [Path]
  ) throws {
    let program = program(kind)
    let size = batch(for: points.count)
    for part in points.indices.parts(of: size * Self.batchesAtOnce) {
      let samples = part.map { point in
        var values: [String: Tensor] = ["target": jobs[points[point].path].target.part(0)]
        for (name, tensor) in jobs[points[point].path].inputs {
          values[ScoringGraphs.label(name)] = tensor
        }
        values[ScoringGraphs.label(kind.input.name)] =
          paths[points[point].path].input(at: points[point].place)
        return values
      }
      var next = part.lowerBound
      _ = try program.run(samples, size: size) { outputs, results, index in
        let point = points[next]
        paths[point.path].add(
          outputs[results.gradient].elements, row: index,
          explained: Double(outputs[results.explained].elements[index]), at: point.place)
        next += 1
      }
    }
  }

  /// The points of a run: as many as fill it, or the next power of two of fewer, so that few sizes
  /// are compiled.
  private func batch(for count: Int) -> Int {
    guard count < largestBatch, model.fixedBatch == nil else { return largestBatch }
    var size = 1
    while size < count { size *= 2 }
    return min(size, largestBatch)
  }

  private func program(_ kind: Kind) -> NetworkProgram<Outputs> {
    programs.withLock { known in
      if let program = known[kind] { return program }
      let program = NetworkProgram(options: options, lane: lane) { [model] samples in
        try Self.graph(kind, model, samples)
      }
      known[kind] = program
      return program
    }
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
