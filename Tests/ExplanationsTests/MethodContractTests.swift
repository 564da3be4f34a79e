import Explanations
import Foundation
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

extension ExplanationMethod {
  /// Whether its map is more nodes on the graph of the network.
  var isSinglePass: Bool {
    procedure.graphMap != nil
  }
}

/// What holds of every method in the catalog.
struct MethodContractTests {
  /// A spectrum is a picture of height 1, for every method made of one pass.
  @Test(arguments: MethodCatalog.entries.map(\.use))
  func `every method says when to use it`(use: String) {
    #expect(use.hasSuffix(".") && use.count > 40)
  }

  @Test(arguments: MethodCatalog.entries.filter(\.isSinglePass).map(\.id))
  func oneDimensionIsTwoOfHeightOne(id: String) throws {
    let line = try Self.map(id, positions: [14])
    let picture = try Self.map(id, positions: [1, 14])
    #expect(line.shape == [2, 1, 14] && picture.shape == [2, 1, 1, 14])
    let largest = Double(line.elements.map(abs).max() ?? 0)
    #expect(largest > 0)
    expectClose(
      picture.reshaped(to: line.shape), line, absolute: 1e-6 * largest, relative: 0)
  }

  @Test func `every entry in the folder is in the catalog`() throws {
    let folder = SharedData.packageRoot.appending(path: "Sources/Explanations/Methods")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var count = 0
    for case let url as URL in files where url.pathExtension == "swift" {
      count +=
        try String(contentsOf: url, encoding: .utf8)
        .components(separatedBy: "= ExplanationMethod(").count - 1
    }
    #expect(count == MethodCatalog.entries.count)
    #expect(Set(MethodCatalog.entries.map(\.id)).count == count)
  }

  /// Two convolutions, a mean and a linear layer with biases, over two samples.
  private static func map(_ id: String, positions: [Int]) throws -> Tensor {
    var generator = SeededGenerator(seed: 7)
    let flat = positions.dropLast().map { _ in 1 }
    let builder = GraphBuilder()
    func constant(_ shape: [Int]) -> Value {
      builder.constant(.random(Shape(shape), using: &generator))
    }
    let window = SlidingWindow(
      rank: positions.count, paddingBefore: flat.map { _ in 0 } + [1],
      paddingAfter: flat.map { _ in 0 } + [1])
    let input = Tensor.random([2, 1, 14], using: &generator).reshaped(
      to: Shape([2, 1] + positions))
    let x = builder.input("x", shape: input.shape)
    let first = x.convolved(
      with: constant([4, 1] + flat + [3]), bias: constant([4]), Convolution(window: window)
    ).rectified
    let layer = first.convolved(
      with: constant([3, 4] + flat + [3]), bias: constant([3]), Convolution(window: window)
    ).rectified
    let scores = layer.mean(over: .positions).reshaped(to: [2, 3])
      .product(constant([3, 3]), bias: constant([3]), transposesRight: true)
    let weights = builder.constant(Tensor(shape: [2, 3], elements: [0, 1, 0, 1, 0, 0]))
    let chosen = try ChosenMethod(id)
    let place = chosen.method.kind == .activationMap ? layer : x
    let gradient = try builder.gradients(
      of: [Seed(scores, weights: weights)], withRespectTo: [place])[0]
    let source = RelevanceSource(scores: scores, weights: weights, places: [place])
    let site = MethodSite(
      activation: place, gradient: gradient, scores: scores, weights: weights, input: x
    ) { source.relevance(at: 0, $0, for: 0) }
    guard let method = chosen.method.procedure.graphMap else { return Tensor(0) }
    builder.output("map", method(site, chosen.settings))
    return try #require(referenceOutputs(of: builder.finish(), inputs: ["x": input])["map"])
  }
}
