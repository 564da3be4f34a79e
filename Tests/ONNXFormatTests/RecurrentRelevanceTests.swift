import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

/// Relevance through recurrent layers.
struct RecurrentRelevanceTests {
  static let cases = RecurrentCase.all.filter { !$0.hasPeephole }

  /// What the outputs start with; where sequences have lengths only the last states, as what stands
  /// behind them is no state.
  private func seeds(_ item: RecurrentCase, _ outputs: [GraphOutput], _ graph: Graph)
    -> [String: Tensor]
  {
    var generator = SeededGenerator(seed: 17)
    return Dictionary(
      uniqueKeysWithValues: outputs.map { output in
        let numbers = Tensor.random(graph[output.value].shape, using: &generator)
        let isUsed = output.name != "y" || item.lengths == nil
        return (output.name, isUsed ? numbers : Tensor(shape: numbers.shape, repeating: 0))
      })
  }

  private func relevance(
    _ item: RecurrentCase, _ composite: Composite, _ x: Tensor
  ) throws -> (seeds: [String: Tensor], relevance: ReferenceTensor) {
    let builder = GraphBuilder(try item.file().graph())
    let outputs = builder.graph.outputs
    let seeds = seeds(item, outputs, builder.graph)
    let target = builder.value(try #require(builder.graph.inputs.first).value)
    let relevance = try builder.relevances(
      of: outputs.map { output in
        Seed(
          builder.value(output.value), weights: builder.constant(seeds[output.name] ?? Tensor(0)))
      }, at: [target], composite: composite)[0]
    let value = try preciseReferenceValues(
      of: builder.finish(), [relevance.id], inputs: ["x": ReferenceTensor(x)])[0]
    return (seeds, value)
  }

  private func input(_ item: RecurrentCase) -> Tensor {
    var generator = SeededGenerator(seed: 11)
    return .random([item.steps, item.samples, item.features], using: &generator)
  }

  @Test(arguments: cases)
  func `relevance is that of the recursion by hand`(item: RecurrentCase) throws {
    let x = input(item)
    let (seeds, actual) = try relevance(item, CompositeCatalog.epsilon.make(), x)
    let given = Dictionary(
      uniqueKeysWithValues: item.parameters().map { ($0.name, ReferenceTensor($0.tensor)) })
    var expected = ReferenceTensor(shape: x.shape)
    func row(_ tensor: Tensor?, _ place: [Int]) -> [Double] {
      (0..<item.width).map { unit in
        tensor.map { ReferenceTensor($0)[place + [unit]] } ?? 0
      }
    }
    for (direction, isReversed) in item.reversals.enumerated() {
      for sample in 0..<item.samples {
        let literal = LiteralRecurrentRelevance(
          type: item.type, weights: try #require(given["W"]), recurrent: try #require(given["R"]),
          bias: try #require(given["B"]), isReversed: isReversed, isVariant: item.isVariant,
          limit: item.limit.map(Double.init), length: item.lengths?[sample] ?? item.steps,
          direction: direction)
        let (h, c) = (try #require(given["h"]), try #require(given["c"]))
        let passed = literal.relevance(
          (0..<item.steps).map { step in
            (0..<item.features).map { ReferenceTensor(x)[[step, sample, $0]] }
          }, (0..<item.width).map { h[[direction, sample, $0]] },
          (0..<item.width).map { c[[direction, sample, $0]] },
          states: (0..<item.steps).map { row(seeds["y"], [$0, direction, sample]) },
          last: row(seeds["last"], [direction, sample]),
          cell: row(seeds["cell"], [direction, sample]))
        for step in 0..<item.steps {
          for feature in 0..<item.features {
            let place = (step * item.samples + sample) * item.features + feature
            expected.elements[place] += passed[step][feature]
          }
        }
      }
    }
    let scale = expected.elements.map(abs).max() ?? 0
    #expect(scale > 0.1)
    expectClose(actual, expected, absolute: 1e-9 * scale, relative: 1e-9)
  }

  /// From zero, without biases, nothing is lost but what stabilizers of 1e-6 keep.
  @Test(arguments: cases.filter { $0.lengths == nil })
  func `relevance is conserved`(item: RecurrentCase) throws {
    var plain = item
    plain.startsAtZero = true
    let (seeds, relevance) = try relevance(plain, CompositeCatalog.epsilon.make(), input(item))
    let total = seeds.values.reduce(0.0) { sum, seed in
      seed.elements.reduce(sum) { $0 + Double($1) }
    }
    let sum = relevance.elements.reduce(0, +)
    #expect(abs(sum - total) < 1e-3 * max(1, abs(total)), "\(sum) of \(total)")
  }

  /// Readers of text in single precision: finite, and most of the relevance arrives.
  @Test(.needsShared("cases/networks"), arguments: RecurrentNetworkTests.readers)
  func `relevance reaches the picture of a reader`(reader: RecurrentNetworkTests.Reader) throws {
    let folder = try #require(SharedData.folder("cases/networks/\(reader.name)"))
    let picture = try NPYFile(contentsOf: folder.appending(path: "image.npy")).tensor
    let model = try ONNXFile(contentsOf: folder.appending(path: "model.onnx")).imported()
    let builder = GraphBuilder(try model.graph.canonicalized())
    let output = builder.value(builder.graph.outputs[0].value)
    var weights = Tensor(shape: output.shape, repeating: 0)
    weights[reader.logit[0], reader.logit[1], reader.logit[2]] = 1
    let input = builder.value(try #require(builder.graph.inputs.first).value)
    let relevance = try builder.relevances(
      of: [Seed(output, weights: builder.constant(weights) * output)], at: [input],
      composite: CompositeCatalog.zPlus.make())[0]
    builder.removeOutputs()
    builder.output("relevance", relevance)
    let map = try #require(
      try Program(builder.finish().simplified()).run([model.graph.inputs[0].name: picture])[
        "relevance"])
    #expect(map.elements.allSatisfy(\.isFinite) && map.elements.contains { $0 != 0 })
  }
}
