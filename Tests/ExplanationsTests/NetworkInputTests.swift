import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

/// Networks with several inputs, without an axis of samples, or with axes that have no name.
struct NetworkInputTests {
  /// A small network with its inputs and maps that were computed elsewhere.
  struct Case {
    let model: Model
    let inputs: [String: Tensor]
    let expected: NPZArchive

    init(_ name: String, _ shapes: InputShapes = InputShapes()) throws {
      let folder = try #require(SharedData.folder("cases/networks/\(name)"))
      let model = try Model(
        contentsOf: folder.appending(path: "model.onnx"), inputShapes: shapes)
      expected = try NPZArchive(contentsOf: folder.appending(path: "expected.npz"))
      let values = try model.inputs.map { input in
        let file = try NPYFile(contentsOf: folder.appending(path: input.name + ".npy"))
        return (input.name, file.tensor.reshaped(to: input.shape))
      }
      self.model = model
      inputs = Dictionary(values) { first, _ in first }
    }

    /// Expects every map of a method to be the one under a name, by the inputs that they lie on.
    func expect(_ method: String, _ names: [String: String]) throws {
      let chosen = try ChosenMethod(
        method, settings: ["rectified": "false"])
      let plan = try ExplanationPlan(model, methods: [chosen], inputs: names.keys.sorted())
      let sample = try #require(Explainer(model, plan).explain([inputs]).first)
      #expect(sample.explanations.count == names.count)
      for explanation in sample.explanations {
        let name = try #require(names[explanation.input.name])
        let map = try expected[name]
        let range = Double((map.elements.max() ?? 0) - (map.elements.min() ?? 0))
        expectClose(
          explanation.map.reshaped(to: map.shape), map, absolute: 1e-3 * range, relative: 0, name)
        #expect(explanation.aligned.shape.extents == explanation.input.positions)
      }
    }
  }

  @Test(.needsShared("cases/networks"), arguments: ["grad-cam", "hires-cam"])
  func `each tower of a siamese network has its map`(method: String) throws {
    let key = method.replacingOccurrences(of: "-", with: "_")
    let item = try Case("two-inputs")
    #expect(item.model.inputs.map(\.name) == ["before", "after"])
    try item.expect(method, ["before": "before:" + key, "after": "after:" + key])
    try item.expect(method, ["after": "after:" + key])
    let layers = item.model.layers.filter(\.isDefault)
    #expect(layers.map { $0.fieldsByInput.keys.sorted() } == [["before"], ["after"]])
  }

  @Test(.needsShared("cases/networks")) func `a row of numbers is explained by itself`() throws {
    let item = try Case("two-inputs-vector")
    #expect(item.model.inputs.map(\.isRow) == [false, true])
    try item.expect("grad-cam", ["image": "grad_cam"])
    let plan = try ExplanationPlan(
      item.model, methods: [ChosenMethod("gradient-times-input")])
    let maps = try Explainer(item.model, plan).explain([item.inputs])[0].explanations
    let expected = try item.expected["numbers:gradient_times_input"]
    #expect(maps.map(\.input.name) == ["image", "numbers"])
    expectClose(maps[1].map, expected, absolute: 1e-4, relative: 1e-3)
  }

  @Test(.needsShared("cases/networks"), arguments: ["grad-cam", "hires-cam"])
  func `a state has no map of its own`(method: String) throws {
    let key = method.replacingOccurrences(of: "-", with: "_")
    try Case("state-input").expect(method, ["audio": key])
  }

  @Test(.needsShared("cases/networks")) func `a file may do without an axis of samples`() throws {
    let item = try Case("no-batch-axis", InputShapes([100, 81]))
    #expect(item.model.inputShape == [1, 100, 81] && item.model.fixedBatch == 1)
    try item.expect("hires-cam", ["input": "hires_cam"])
  }

  @Test(
    .needsShared("cases/networks"), arguments: [[3, 48, 64], [1, 3, 48, 64]] as [Shape])
  func `axes without a name differ in size`(shape: Shape) throws {
    let item = try Case("question-mark-dims", InputShapes(shape))
    #expect(item.model.fixedBatch == 1)
    try item.expect("grad-cam", ["x": "grad_cam"])
    try Case("question-mark-dims", InputShapes(named: ["x": shape]))
      .expect("hires-cam", ["x": "hires_cam"])
  }

  @Test(.needsShared("cases/networks")) func `masks hide the input that the map lies on`() throws {
    let item = try Case("two-inputs")
    let plan = try ExplanationPlan(item.model, methods: [ChosenMethod("score-cam")])
    let maps = try Explainer(item.model, plan).explain([item.inputs])[0].explanations
    #expect(maps.map(\.input.name) == ["before", "after"])
    #expect(maps.allSatisfy { $0.aligned.shape == [64, 64] && !$0.isEmpty })
  }

  @Test(.needsShared("cases/networks")) func `what is missing is said with what there is`() throws {
    let item = try Case("two-inputs")
    let predictor = try Predictor(item.model)
    let error = try #require(throws: ExplanationError.self) {
      try predictor.scores([["before": item.inputs["before"] ?? Tensor(0)]])
    }
    #expect(error.description.contains("no after; the network takes before [3×64×64], after"))
    let one = try #require(throws: ExplanationError.self) { try predictor.scores([Tensor(0)]) }
    #expect(one.description.contains("2 inputs"))
    let wrong = try #require(throws: ExplanationError.self) {
      try ExplanationPlan(item.model, methods: [ChosenMethod("grad-cam")], inputs: ["x"])
    }
    #expect(wrong.description.contains("before [3×64×64]"))
    let shape = try #require(throws: ExplanationError.self) {
      try Case("question-mark-dims", InputShapes([48, 64]))
    }
    #expect(
      shape.description.contains("--input-shape 48,64") && shape.description.contains("3,224,224"))
  }
}
