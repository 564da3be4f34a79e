import TensorCore
import TestSupport
import Testing

@testable import Explanations

struct StageTests {
  private func layer(
    _ name: String, _ extent: Int, isPassage: Bool = true, isDefault: Bool = false
  ) -> Layer {
    Layer(
      name: name, nodeName: name, operatorType: "Conv", shape: [4, extent],
      gridExtents: [extent], receptiveFields: nil, parameterCount: 0, operationCount: 0,
      obstacle: extent > 1 ? nil : MapObstacle("it has no grid of positions"), isPassage: isPassage,
      isRectified: false, isRearrangement: false, mixesPlaces: false, isDefault: isDefault)
  }

  @Test func `a stage ends where the resolution changes, the last one at the default layer`() {
    let layers = [
      layer("a", 32), layer("b", 32), layer("branch", 32, isPassage: false),
      layer("shortcut", 16, isPassage: false), layer("c", 16), layer("d", 8), layer("e", 8),
      layer("f", 8, isDefault: true), layer("classes", 8), layer("pool", 4), layer("flat", 1),
    ]
    #expect(layers.stageEnds.map(\.name) == ["b", "c", "f"])
  }

  @Test func `without passages branches have to do, and without a default there are none`() {
    let layers = [
      layer("a", 32, isPassage: false), layer("b", 16, isPassage: false),
      layer("c", 16, isPassage: false, isDefault: true),
    ]
    #expect(layers.stageEnds.map(\.name) == ["a", "c"])
    #expect([layer("flat", 1)].stageEnds.isEmpty)
  }

  @Test(.needsShared("data"))
  func wordsStandForSeveralLayers() throws {
    let model = try ExplainerTests.model("cifar10-resnet20")
    #expect(try model.layers(named: "stages") == model.stageEnds)
    #expect(try model.layers(named: "all") == model.layers.filter(\.isMappable))
    #expect(try model.layers(named: "default") == [model.layer("default")])
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam")], layers: ["default", "stages"])
    #expect(Set(plan.layers) == Set(model.stageEnds) && plan.layers.count == model.stageEnds.count)
    #expect { try model.layers(named: "every") } throws: { "\($0)".contains("every") }
  }

  @Test(.needsShared("data"))
  func realNetworksHaveAStageForEachResolution() throws {
    let expected = [
      "squeezenet1.1": ["conv1_2", "fire3/concat_1", "fire5/concat_1", "fire9/concat_1"],
      "mobilenet-v2": ["op4_relu6", "op11_relu6", "op22_relu6", "op48_relu6", "op62_relu6"],
      "ftirnet": [2, 6, 10].map { "/features/features.\($0)/Relu_output_0" },
      // The first blocks of the later stages branch off at once: the joins before them are the ends.
      "cifar10-resnet20": [1, 2, 3].map { "/layer\($0)/layer\($0).2/Relu_1_output_0" },
    ]
    for (name, layers) in expected {
      #expect(try ExplainerTests.model(name).stageEnds.map(\.name) == layers, "\(name)")
    }
  }

  @Test(.needsShared("data"), arguments: ["cifar10-resnet20", "ftirnet"], Upsampling.allCases)
  func mapsAlignedOutsideTheProgramAreThoseItWouldMake(
    name: String, upsampling: Upsampling
  ) throws {
    let model = try ExplainerTests.model(name)
    let input = try ExplainerTests.inputs(name)[0]
    var plan = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam"), ChosenMethod("gradient")],
      layers: model.stageEnds.map(\.name), upsampling: upsampling)
    let aligned = try Explainer(model, plan).explain([input])[0].explanations
    plan.alignsMaps = false
    let bare = try Explainer(model, plan).explain([input])[0].explanations
    let positions = Array(model.inputShape.extents.dropFirst())
    for (expected, explanation) in zip(aligned, bare) {
      #expect(explanation.aligned.elements.count <= 1)
      let scale = Double(expected.map.elements.map(abs).max() ?? 0)
      // Single precision, one multiplication and addition for each axis.
      expectClose(
        explanation.map(alignedTo: positions, upsampling), expected.aligned,
        absolute: 1e-5 * scale, relative: 0)
    }
  }
}
