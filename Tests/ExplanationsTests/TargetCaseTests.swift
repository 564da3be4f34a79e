import Catalogs
import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

/// Targets of networks as people have them, against maps by other software.
@Suite(.needsShared("cases/networks"))
struct TargetCaseTests {
  /// A map that is expected of a network.
  struct Case: Sendable, CustomTestStringConvertible {
    let network: String
    /// How the arrays of the map begin.
    var key = ""
    var output: String?
    let target: String
    var layer = "default"
    var form = ScoreForm.logit

    var testDescription: String { "\(network) \(key)\(target)" }
  }

  static let cases = [
    Case(network: "softmax-per-position", target: "2"),
    Case(network: "softmax-per-position", target: "2@best"),
    Case(network: "softmax-per-position", target: "2@28"),
    Case(network: "cat-1-p", target: "1"),
    Case(network: "label-first", target: "top"),
    Case(network: "two-outputs", target: "top"),
    Case(network: "two-outputs", key: "age:", output: "age", target: "output[0]"),
    Case(network: "binary-sigmoid", target: "top"),
    Case(network: "binary-sigmoid", key: "probability:", target: "0", form: .probability),
    Case(network: "multilabel-sigmoid", target: "top"),
    Case(network: "multilabel-sigmoid", key: "7:", target: "7"),
    Case(network: "embedding-output", target: "similarity:other-embedding.npy"),
    Case(network: "unet", target: "1", layer: "/m/m.2/Relu_output_0"),
    Case(
      network: "unet", key: "decoder:", target: "1@mask", layer: "/d1/d1.2/Relu_output_0"),
    Case(network: "ctc-time-major", target: "9@best"),
    Case(network: "ctc-time-major", target: "9@18"),
    Case(network: "ctc-time-major", key: "steps:", target: "9@mask"),
    Case(network: "crnn-lstm", target: "6@best"),
    Case(network: "crnn-lstm", key: "steps:", target: "6@mask"),
    Case(network: "crnn-gru", target: "3@best"),
    Case(network: "crnn-gru", key: "steps:", target: "3@mask"),
  ]

  static func folder(_ network: String) throws -> URL {
    try #require(SharedData.folder("cases/networks/" + network))
  }

  static func model(_ network: String, output: String? = nil) throws -> Model {
    var settings = OutputSettings()
    settings.name = output
    return try Model(
      contentsOf: folder(network).appending(path: "model.onnx"), output: settings)
  }

  static func input(_ model: Model, _ network: String) throws -> Tensor {
    try NPYFile(contentsOf: folder(network).appending(path: model.inputs[0].name + ".npy")).tensor
      .part(0)
  }

  static func target(_ text: String, _ model: Model, _ network: String) throws -> Target {
    let folder = try folder(network)
    let files = TargetFiles(
      region: { _ in [] },
      embedding: { try NPYFile(contentsOf: folder.appending(path: $0)).tensor.elements })
    return try Target(text, model: model, files: files)
  }

  @Test(arguments: cases)
  func mapsAreThoseOfTheTarget(_ expected: Case) throws {
    let model = try Self.model(expected.network, output: expected.output)
    let target = try Self.target(expected.target, model, expected.network)
    let methods = try ["grad-cam", "hires-cam"].map {
      try ChosenMethod($0, settings: ["rectified": "false"])
    }
    let plan = try ExplanationPlan(
      model, methods: methods, layers: [expected.layer], targets: [target], form: expected.form)
    let sample = try Explainer(model, plan).explain([Self.input(model, expected.network)])[0]
    let archive = try NPZArchive(
      contentsOf: Self.folder(expected.network).appending(path: "expected.npz"))
    for (explanation, name) in zip(sample.explanations, ["grad_cam", "hires_cam"]) {
      let map = try archive[expected.key + name]
      let range = (map.elements.max() ?? 0) - (map.elements.min() ?? 0)
      expectClose(explanation.map, map, absolute: 1e-3 * Double(range), relative: 0, name)
    }
  }

  /// What is given as a probability is what the network gives, and nothing is where it gives none.
  @Test(arguments: [
    ("softmax-per-position", "scores", true), ("cat-1-p", "p", true),
    ("label-first", "probabilities", true), ("two-outputs", "expression", false),
    ("binary-sigmoid", "necktie", true), ("multilabel-sigmoid", "answers", true),
    ("embedding-output", "embedding", false), ("unet", "mask", false),
    ("ctc-time-major", "logits", false),
  ])
  func probabilitiesAreThoseOfTheNetwork(network: String, output: String, hasSome: Bool) throws {
    let model = try Self.model(network)
    #expect(model.output.name == output && model.hasProbabilities == hasSome)
    let scores = try Predictor(model).scores([Self.input(model, network)])[0]
    let archive = try NPZArchive(
      contentsOf: Self.folder(network).appending(path: "expected.npz"))
    let expected = try archive["output:" + output]
    for entry in model.ranking(scores, count: model.scoreCount) {
      let place = entry.position.map { $0[0] } ?? 0
      guard hasSome else {
        #expect(entry.probability == nil)
        continue
      }
      let probability = try #require(entry.probability)
      let wanted = expected.elements[place * model.scoreCount + entry.index]
      #expect(abs(probability - wanted) < 1e-4 * max(wanted, 1e-3), "\(entry)")
    }
    guard !hasSome else { return }
    #expect {
      try ExplanationPlan(model, methods: [ChosenMethod("grad-cam")], form: .probability)
    } throws: { "\($0)".contains("--outputs logits") }
  }

  @Test(arguments: [
    ("softmax-per-position", "scores", NetworkOutput.Role.classesAtPositions, [160]),
    ("softmax-per-position", "boxes", .values, [160]),
    ("label-first", "label", .label, []), ("two-outputs", "age", .values, []),
    ("two-outputs", "expression", .classes, []), ("embedding-output", "embedding", .embedding, []),
    ("unet", "mask", .classesAtPositions, [48, 64]),
    ("ctc-time-major", "logits", .classesAtPositions, [25]), ("cat-1-p", "p", .classes, []),
  ])
  func outputsAreWhatTheyAre(
    network: String, name: String, role: NetworkOutput.Role, positions: [Int]
  ) throws {
    let output = try #require(try Self.model(network).outputs.first { $0.name == name })
    #expect(output.role == role && output.positions == positions)
  }

  /// Contrast sets classes against each other at the position that is explained: relevance for two
  /// classes there, each against the other, is opposite where there are two classes.
  @Test func relevanceIsForThePosition() throws {
    let model = try Self.model("softmax-per-position")
    let method = try ChosenMethod(
      "relevance-map", settings: ["rectified": "false", "contrast": "plain"])
    let targets = try ["0@28", "1@28", "2@28"].map { try Target($0, model: model) }
    let plan = try ExplanationPlan(model, methods: [method], targets: targets)
    let maps = try Explainer(model, plan).explain([Self.input(model, "softmax-per-position")])[0]
      .explanations.map(\.map)
    let sum = zip(maps[0].elements, zip(maps[1].elements, maps[2].elements)).map {
      $0 + $1.0 + $1.1
    }
    let scale = try #require(maps.flatMap(\.elements).map(abs).max())
    #expect(scale > 0 && sum.allSatisfy { abs($0) < 1e-4 * scale })
  }

  /// Every method takes a target with positions, and so does an exported explanation.
  @Test(arguments: MethodCatalog.entries.map(\.id).filter { $0 != "cam" })
  func everyMethodExplainsPositions(method: String) throws {
    let model = try Self.model("unet")
    let targets = try ["1@mask", "0@best", "top@all"].map { try Target($0, model: model) }
    let names = try MethodCatalog.method(method).parameters.map(\.name)
    // Methods that run the network thousands of times do with a few of them.
    let few = ["masks": "30", "samples": "2", "steps": "2"].filter { names.contains($0.key) }
    let chosen = try ChosenMethod(method, settings: few)
    let plan = try ExplanationPlan(model, methods: [chosen], targets: targets)
    let sample = try Explainer(model, plan).explain([Self.input(model, "unet")])[0]
    for explanation in sample.explanations {
      #expect(!explanation.map.elements.contains { !$0.isFinite })
    }
    let places = try #require(sample.explanations.last?.places)
    #expect(places.shape == [48, 64] && places.elements.allSatisfy { $0 == 1 })
  }

  /// The best path of the scores, and the steps that say one of its symbols.
  @Test func textIsReadAlongItsBestPath() throws {
    let model = try Self.model("ctc-time-major")
    let input = try Self.input(model, "ctc-time-major")
    let scores = try Predictor(model).scores([input])[0]
    let (count, steps) = (model.scoreCount, model.output.positions[0])
    let path = (0..<steps).map { step in
      (0..<count).max { scores[$0 * steps + step] < scores[$1 * steps + step] } ?? 0
    }
    var said: [(symbol: Int, steps: [Int])] = []
    for (step, symbol) in path.enumerated() where symbol != 0 {
      if step > 0, path[step - 1] == symbol {
        said[said.count - 1].steps.append(step)
      } else {
        said.append((symbol, [step]))
      }
    }
    #expect(model.isText && model.symbols(scores) == said.map(\.symbol))
    let targets = said.indices.map { Target.symbol($0) } + [.symbol(said.count)]
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam")], targets: targets)
    let explanations = try Explainer(model, plan).explain([input])[0].explanations
    for (explanation, symbol) in zip(explanations, said) {
      let places = try #require(explanation.places).elements
      #expect(explanation.classIndex == symbol.symbol)
      #expect(places.indices.filter { places[$0] == 1 } == symbol.steps)
    }
    // Behind the end of the text there is nothing.
    #expect(explanations.last?.isEmpty == true && explanations.last?.classIndex == nil)
  }

  @Test(arguments: [
    ("unet", "1@5", "48×64 positions"), ("unet", "1@50,3", "no position 50,3"),
    ("unet", "text[1]", "has none"), ("two-outputs", "1@best", "has no positions"),
    ("unet", "1@bset", "@best, @mask, @all"), ("unet", "7@best", "0…2"),
  ])
  func whatDoesNotFitIsSaid(network: String, text: String, part: String) throws {
    let model = try Self.model(network)
    #expect { try Target(text, model: model) } throws: { "\($0)".contains(part) }
  }

  @Test func anUnknownOutputIsNamedWithThoseThereAre() throws {
    #expect {
      try Self.model("two-outputs", output: "gender")
    } throws: { "\($0)".contains("age") && "\($0)".contains("expression") }
    #expect {
      try Self.model("label-first", output: "label")
    } throws: { "\($0)".contains("probabilities") }
  }
}
