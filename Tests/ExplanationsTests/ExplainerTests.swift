import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

struct ExplainerTests {
  static func model(_ name: String) throws -> Model {
    let folder = try #require(SharedData.folder("data/model-\(name)"))
    return try Model(contentsOf: folder.appending(path: "model.onnx"))
  }

  static func inputs(_ name: String) throws -> [Tensor] {
    let folder = try #require(SharedData.folder("data/model-\(name)"))
    let archive = try NPZArchive(contentsOf: folder.appending(path: "reference.npz"))
    let input = try archive["input"]
    return (0..<input.shape[0]).map(input.part)
  }

  @Test(.needsShared("data"), arguments: ["ftirnet", "cifar10-resnet20"])
  func aSampleIsExplainedAloneAsInABatch(name: String) throws {
    let model = try Self.model(name)
    let inputs = try Self.inputs(name)
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam", settings: ["rectified": "false"])],
      targets: [.ranked(0), .ranked(1)])
    let together = try Explainer(model, plan).explain(inputs)
    for (index, input) in inputs.enumerated() {
      let alone = try Explainer(model, plan).explain([input])[0]
      for (one, other) in zip(alone.explanations, together[index].explanations) {
        let scale = Double(one.map.elements.map(abs).max() ?? 0)
        expectClose(one.map, other.map, absolute: 1e-5 * scale, relative: 0)
        #expect(one.classIndex == other.classIndex)
      }
    }
  }

  @Test(.needsShared("data"))
  func theRunnerUpIsWhatAnExplicitClassSays() throws {
    let model = try Self.model("cifar10-resnet20")
    let input = try Self.inputs("cifar10-resnet20")[0]
    let method = try ChosenMethod("hires-cam")
    let ranked = try Explainer(
      model, ExplanationPlan(model, methods: [method], targets: [.ranked(1)])
    ).explain([input])[0]
    let runnerUp = Target.ranking(ranked.scores)[1]
    #expect(ranked.explanations[0].classIndex == runnerUp)
    let explicit = try Explainer(
      model, ExplanationPlan(model, methods: [method], targets: [.output(runnerUp)])
    ).explain([input])[0]
    #expect(ranked.explanations[0].map == explicit.explanations[0].map)
  }

  @Test(.needsShared("data"))
  func eachSampleMayHaveItsOwnClass() throws {
    let model = try Self.model("ftirnet")
    let inputs = Array(try Self.inputs("ftirnet").prefix(3))
    let method = try ChosenMethod("hires-cam")
    let plan = try ExplanationPlan(model, methods: [method], targets: [.given])
    let classes = [4, 0, 2]
    let samples = try Explainer(model, plan).explain(inputs, classes: classes)
    for (index, sample) in samples.enumerated() {
      let alone = try ExplanationPlan(model, methods: [method], targets: [.output(classes[index])])
      let expected = try Explainer(model, alone).explain([inputs[index]])[0].explanations[0].map
      let scale = Double(expected.elements.max() ?? 0)
      expectClose(sample.explanations[0].map, expected, absolute: 1e-5 * scale, relative: 0)
      #expect(sample.explanations[0].classIndex == classes[index])
    }
    #expect(throws: ExplanationError.self) {
      try Explainer(model, plan).explain(inputs, classes: [1])
    }
  }

  /// Linear in the target: the map of a margin is the difference of the maps.
  @Test(.needsShared("data"))
  func aMarginIsADifference() throws {
    let model = try Self.model("ftirnet")
    let input = try Self.inputs("ftirnet")[0]
    let targets: [Target] = [.output(2), .output(4), .margin(2, over: 4)]
    let plan = try ExplanationPlan(
      model,
      methods: [ChosenMethod("hires-cam", settings: ["rectified": "false"])]
        + ["1d-grad-cam", "lrp"].map { try ChosenMethod($0) },
      targets: targets)
    let all = try Explainer(model, plan).explain([input])[0].explanations.map(\.map)
    for start in stride(from: 0, to: all.count, by: 3) {
      let maps = Array(all[start..<start + 3])
      let difference = Tensor(
        shape: maps[0].shape, elements: zip(maps[0].elements, maps[1].elements).map { $0 - $1 })
      let scale = Double(difference.elements.map(abs).max() ?? 0)
      expectClose(maps[2], difference, absolute: 2e-5 * scale, relative: 0)
    }
  }

  @Test(.needsShared("data"))
  func theDefaultLayerIsTheLastStageAfterItsActivation() throws {
    let expected = [
      "cifar10-resnet20": "/layer3/layer3.2/Relu_1_output_0",
      "efficientnet-lite0": "/_swish_1/Clip_output_0", "mobilenet-v2": "op62_relu6",
      "mobilenet-v1-025-128": "op26_relu6", "squeezenet1.1": "fire9/concat_1",
      "ftirnet": "/features/features.10/Relu_output_0", "wheat-protein": "/Elu_output_0",
    ]
    for (name, layer) in expected {
      #expect(try Self.model(name).defaultLayer?.name == layer, "\(name)")
    }
  }

  @Test(.needsShared("data"))
  func whatDoesNotExistIsNamedWithWhatDoes() throws {
    let model = try Self.model("mobilenet-v2")
    #expect { try model.layer("op62_relu7") } throws: { "\($0)".contains("op62_relu6") }
    let squeezeNet = try Self.model("squeezenet1.1")
    #expect { try squeezeNet.layer("fire99") } throws: { "\($0)".contains("\"fire9/") }
    #expect { try Target("tiger catt", model: model) } throws: { "\($0)".contains("tiger cat") }
    #expect { try Target("1000", model: model) } throws: { "\($0)".contains("0…999") }
    #expect { try ChosenMethod("gradcam") } throws: { "\($0)".contains("grad-cam") }
    #expect {
      try ChosenMethod("grad-cam", settings: ["rectify": "true"])
    } throws: { "\($0)".contains("rectified") }
  }

  @Test(.needsShared("data"))
  func senselessInputsAreRefused() throws {
    let model = try Self.model("ftirnet")
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("grad-cam")])
    let explainer = Explainer(model, plan)
    var input = try Self.inputs("ftirnet")[0]
    input[0, 17] = .nan
    #expect { try explainer.explain([input]) } throws: { "\($0)".contains("value 18") }
    #expect {
      try explainer.explain([Tensor(shape: [1, 1665], repeating: 0)])
    } throws: { "\($0)".contains("[1×1665]") && "\($0)".contains("[1×1666]") }
  }

  @Test(.needsShared("data"))
  func weightsAreATarget() throws {
    let model = try Self.model("ftirnet")
    let weights: [Float] = [0.5, -0.5, 0, 0, 1, 0]
    #expect(try Target("weights: 0.5,-0.5,0,0,1,0", model: model) == .weights(weights))
    #expect {
      try Target("weights:1,2", model: model)
    } throws: { "\($0)".contains("2 weights") && "\($0)".contains("6 scores") }
    #expect {
      try Target("weights:1,2,x,4,5,6", model: model)
    } throws: { "\($0)".contains("weight 3") && "\($0)".contains("\"x\"") }
    #expect(throws: ExplanationError.self) {
      try Target("weights:1,2,nan,4,5,6", model: model)
    }
    #expect {
      try ExplanationPlan(model, methods: [ChosenMethod("grad-cam")], targets: [.weights([1])])
    } throws: { "\($0)".contains("1 weights") && "\($0)".contains("6 scores") }
  }

  @Test(.needsShared("data"))
  func probabilitiesCanBeExplained() throws {
    var output = OutputSettings()
    output.meaning = .logits
    let folder = try #require(SharedData.folder("data/model-ftirnet"))
    let model = try Model(contentsOf: folder.appending(path: "model.onnx"), output: output)
    let input = try Self.inputs("ftirnet")[0]
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam")], form: .probability)
    let sample = try Explainer(model, plan).explain([input])[0]
    let best = try #require(model.probabilities(sample.scores)?.max())
    #expect(abs(sample.explanations[0].explainedScore - best) < 1e-6)
  }
}

/// What holds of relevance methods whatever the network.
struct RelevanceMethodTests {
  /// A channel of relevance that fails to arrive does not tip the scales: balanced maps have as much
  /// for the target as against it.
  @Test(.needsShared("data"), arguments: ["cifar10-resnet20", "ftirnet", "mobilenet-v1-025-128"])
  func balancedRelevanceSumsToZero(name: String) throws {
    let model = try ExplainerTests.model(name)
    let methods = try ["balanced", "one-hot"].map {
      try ChosenMethod("relevance-map", settings: ["contrast": $0, "rectified": "false"])
    }
    let mappable = model.layers.filter(\.isMappable).map(\.name)
    let layers = [mappable[mappable.count / 2], "default"]
    let plan = try ExplanationPlan(model, methods: methods, layers: layers)
    let sample = try Explainer(model, plan).explain([ExplainerTests.inputs(name)[0]])[0]
    for (index, explanation) in sample.explanations.enumerated() {
      let sum = explanation.map.elements.reduce(Double(0)) { $0 + Double($1) }
      let isBalanced = index < layers.count
      // One-hot relevance only gets lost, where units live by their bias alone.
      #expect(isBalanced ? abs(sum) < 1e-4 : sum > 0.01 && sum < 1.0001, "\(name) \(sum)")
      #expect(explanation.map.elements.contains { $0 > 0 })
    }
  }

  /// A single score has no others to stand against.
  @Test(.needsShared("data"))
  func aMeasuredQuantityHasNoContrast() throws {
    let model = try ExplainerTests.model("wheat-protein")
    let methods = try ["balanced", "plain", "official", "one-hot"].map {
      try ChosenMethod("relevance-cam", settings: ["contrast": $0])
    }
    let plan = try ExplanationPlan(model, methods: methods)
    let maps = try Explainer(model, plan).explain([ExplainerTests.inputs("wheat-protein")[0]])[0]
      .explanations.map(\.map)
    #expect(maps[1] == maps[3] && maps[2] == maps[3] && maps[0] == maps[3])
  }
}
