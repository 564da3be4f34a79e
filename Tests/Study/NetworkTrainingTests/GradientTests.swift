import GraphExecution
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining

/// Gradients of whole training graphs against the definition of a derivative, in double precision.
struct GradientTests {
  static let architectures: [any NetworkArchitecture] = [
    ThreeConvolutionNetwork(channels: [3, 2], kernels: [5, 3]),
    ThreeConvolutionNetwork(channels: [3, 2], kernels: [3, 3], normalizes: false, dropout: 0.5),
    ResidualNetwork(ResidualLayers(stem: 2, stages: [2, 3], blockCount: 1, kernel: 3)),
    ResidualAverageNetwork(ResidualLayers(stem: 2, stages: [3, 3], blockCount: 2, kernel: 3)),
    InceptionNetwork(stem: 2, branch: 2, hidden: 3, dropout: 0.25),
  ]

  static let tasks: [LearningTask] = [
    .classification(classCount: 3), .regression(valueCount: 2),
  ]

  private func inputs(
    _ graph: Graph, _ task: LearningTask
  ) -> [String: ReferenceTensor] {
    var generator = SeededGenerator(seed: 11)
    var inputs: [String: ReferenceTensor] = [:]
    for input in graph.inputs {
      let range: ClosedRange<Float> =
        input.name == TrainingGraphs.weights || input.name == TrainingGraphs.targets
        ? 0...1 : -1...1
      inputs[input.name] = ReferenceTensor(
        Tensor.random(input.shape, using: &generator, range))
    }
    return inputs
  }

  @Test(arguments: architectures.indices, tasks)
  func `gradients of all parameters agree with central differences`(
    index: Int, task: LearningTask
  ) throws {
    let plan = TrainingGraphs(
      architecture: Self.architectures[index], sampleShape: [1, 19], task: task)
    let (graph, description) = try plan.trainingGraph(batch: 3)
    let inputs = inputs(graph, task)
    let results = try preciseReferenceOutputs(of: graph, inputs: inputs)
    let single = try Program(graph).run(inputs.mapValues(\.tensor))
    var lossGraph = graph
    lossGraph.outputs = graph.outputs.filter { $0.name == TrainingGraphs.loss }
    for parameter in description.parameters {
      let given = try #require(inputs[parameter.name])
      let name = TrainingGraphs.gradient(parameter.name)
      let gradient = try #require(results[name])
      // A few numbers of every parameter; the reference is slow.
      for element in stride(
        from: 0, to: given.elements.count, by: max(1, given.elements.count / 4))
      {
        func loss(_ change: Double) throws -> Double {
          var changed = inputs
          changed[parameter.name]?.elements[element] += change
          let outputs = try preciseReferenceOutputs(of: lossGraph, inputs: changed)
          return try #require(outputs[TrainingGraphs.loss]).elements[0]
        }
        let expected = try (loss(1e-6) - loss(-1e-6)) / 2e-6
        #expect(
          abs(gradient.elements[element] - expected) <= 1e-6 + 1e-5 * abs(expected),
          "\(parameter.name) at \(element)")
      }
      let kernels = try #require(single[name])
      // Single precision through up to a dozen layers.
      let largest = gradient.elements.reduce(0) { max($0, abs($1)) }
      expectClose(
        ReferenceTensor(kernels), gradient, absolute: 1e-4 * max(largest, 1e-2), relative: 1e-3,
        name)
    }
  }
}
