import Explanations
import Foundation
import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

/// Targets of a network whose scores are its input: 2 classes at 2 by 3 positions.
struct TargetTests {
  static let scores = Tensor(
    shape: [2, 2, 3], elements: [1, 5, 2, 0, 3, 1, 2, 4, 0, 1, 2, 9])

  static func model(_ output: OutputSettings = OutputSettings()) throws -> Model {
    var information = ModelInformation()
    information.labels = ["sky", "sky"]
    return try Model(name: "copy", information: information, output: output) { samples in
      let builder = GraphBuilder()
      let input = builder.input("input", shape: [samples, 2, 2, 3])
      builder.output("scores", 2 * input)
      return try builder.finish()
    }
  }

  /// The gradient with respect to the input tells how much each score counts.
  static let cases: [(target: String, weights: [Float])] = [
    ("0@best", [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("1@best", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
    ("0@mask", [0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
    ("1@mask", [0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1]),
    ("not 1@mask", [0, 0, 0, 0, 0, 0, -1, 0, 0, -1, 0, -1]),
    ("0-vs-1@mask", [0, 1, 1, 0, 1, 0, 0, -1, -1, 0, -1, 0]),
    ("0-vs-1@best", [0, 0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0]),
    ("0-vs-others@best", [0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0]),
    ("top-vs-others@all", [-1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1]),
    ("top@best", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
    ("top2@best", [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("top@all", [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]),
    ("weights:0.5,-2@1,0", [0, 0, 0, 0.5, 0, 0, 0, 0, 0, -2, 0, 0]),
    ("output[1]@0,2", [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
  ]

  @Test(arguments: cases.indices)
  func weightsAndPositionsAreThoseOfTheTarget(index: Int) throws {
    let (text, weights) = Self.cases[index]
    let model = try Self.model()
    let gradient = ExplanationMethod(
      id: "gradient", title: "Gradient", summary: "the gradient", source: "here", kind: .anywhere,
      procedure: .graph { site, _ in
        let classes = site.gradient.builder.constant(
          Tensor(shape: [1, 2, 1, 1], elements: [1, 100]))
        return (site.gradient * classes).sum(over: .channels)
      })
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod(gradient)], targets: [Target(text, model: model)])
    let explanation = try Explainer(model, plan).explain([Self.scores])[0].explanations[0]
    let expected = (0..<6).map { 2 * (weights[$0] + 100 * weights[$0 + 6]) }
    #expect(explanation.map.elements == expected, "\(text)")
    let explained = zip(weights, Self.scores.elements).reduce(Float(0)) { $0 + 2 * $1.0 * $1.1 }
    #expect(abs(explanation.explainedScore - explained) < 1e-5, "\(text)")
  }

  @Test func equalLabelsAreToldApart() throws {
    let model = try Self.model()
    #expect(model.label(1) == "sky (1)")
    #expect(try Target("sky (1)@best", model: model) == .placed(.output(1), at: .best))
    #expect {
      try Target("sky@best", model: model)
    } throws: { "\($0)".contains("0, 1") }
  }

  /// Numbers of boxes before the classes, in one axis.
  @Test func classesMayBeAPartOfAnAxis() throws {
    var output = OutputSettings()
    output.firstClass = 4
    let model = try Model(name: "detector", output: output) { samples in
      let builder = GraphBuilder()
      let input = builder.input("input", shape: [samples, 6, 5])
      let boxes = input.sliced(1, start: 0, count: 4).exponential
      let classes = input.sliced(1, start: 4, count: 2).logistic
      builder.output("output0", .concatenated([boxes, classes], axis: 1))
      return try builder.finish()
    }
    #expect(model.scoreCount == 2 && model.output.positions == [5])
    #expect(model.activation == .logistic)
    let input = Tensor(shape: [6, 5], elements: (0..<30).map { Float($0 % 7) - 3 })
    let scores = try Predictor(model).scores([input])[0]
    #expect(scores == Array(input.elements[20...]))
    output.firstClass = 7
    #expect {
      try Model(name: "detector", output: output) { samples in
        let builder = GraphBuilder()
        builder.output("output0", builder.input("input", shape: [samples, 6, 5]).rectified)
        return try builder.finish()
      }
    } throws: { "\($0)".contains("7:6") }
  }

  @Test func whatIsSaidOfOutputsIsTaken() throws {
    var output = OutputSettings()
    output.meaning = .logits
    #expect(try Self.model(output).activation == .softmax)
    output.meaning = .values
    #expect(try Self.model(output).output.role == .values)
    output.meaning = nil
    output.classAxis = 2
    let model = try Self.model(output)
    #expect(model.scoreCount == 2 && model.output.positions == [2, 3])
    output.classAxis = 5
    #expect { try Self.model(output) } throws: { "\($0)".contains("no axis 5") }
  }

  /// Keras takes `activation="softmax"` over the columns where channels are first.
  @Test func aSoftmaxOverPositionsIsNotOfClasses() throws {
    func model(axis: Int, _ output: OutputSettings = OutputSettings()) throws -> Model {
      try Model(name: "segmentation", output: output) { samples in
        let builder = GraphBuilder()
        let input = builder.input("input", shape: [samples, 3, 4, 5])
        let kernels = Tensor(shape: [2, 3, 1, 1], elements: [1, 2, 3, -1, 0, 1])
        let scores = input.convolved(
          with: builder.constant(kernels), Convolution(window: SlidingWindow(rank: 2)))
        builder.output("mask", builder.apply(Softmax(axis: axis), [scores]))
        return try builder.finish()
      }
    }
    let columns = try model(axis: 3)
    #expect(columns.scoreCount == 2 && columns.output.positions == [4, 5])
    #expect(!columns.hasProbabilities && columns.activation == .none)
    let channels = try model(axis: 1)
    #expect(channels.output.positions == [4, 5] && channels.activation == .softmax)
    // Whoever names the columns has their probabilities.
    var output = OutputSettings()
    output.classAxis = 3
    #expect(try model(axis: 3, output).activation == .softmax)
    #expect(try model(axis: 1, output).activation == .none)
  }

  @Test func namesOfDetectorsAreRead() throws {
    let builder = GraphBuilder()
    let input = builder.input("input", shape: [1, 7, 5])
    builder.output("output0", input.logistic)
    let names = "{0: 'person', 1: \"don't walk\", 2: 'bus: red'}"
    let data = try ONNXWriter(metadata: ["names": names, "stride": "32", "task": "detect"]).bytes(
      of: builder.finish())
    let model = try Model(bytes: data, name: "detector")
    #expect(model.information.labels == ["person", "don't walk", "bus: red"])
    #expect(model.scoreCount == 3 && model.output.positions == [5])
  }
}
