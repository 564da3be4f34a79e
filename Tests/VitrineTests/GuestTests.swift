import Foundation
import TestSupport
import Testing
import Vitrine

/// What a package that imports nothing but the library can add to it, and how it is used then.
struct GuestTests {
  /// LayerCAM again.
  static let ownMethod = ExplanationMethod(
    id: "own-cam", title: "Own CAM", summary: "a method of one's own", source: "nobody",
    use: "Where the catalog does not suffice.",
    kind: .activationMap, finishing: [.rectified(true)],
    procedure: .graph { site, _ in
      (site.gradient.positive * site.activation).sum(over: .channels)
    })

  /// z⁺ again.
  struct OwnRule: RelevanceRule {
    func inputRelevance(at site: LinearSite) -> Value {
      let (x, w) = (site.input, site.map.weights)
      return site.proportional(
        to: [(x.positive, w.positive), (x.negative, w.negative)], .tiny)
    }
  }

  @Test func `a method of one's own stands beside those of the catalog`() throws {
    let maps = try Self.maps([ChosenMethod("layer-cam"), ChosenMethod(Self.ownMethod)])
    #expect(maps[0] == maps[1] && maps[0].elements.contains { $0 > 0 })
  }

  @Test func `a composite of one's own has a rule of one's own`() throws {
    var own = try ChosenMethod("lrp")
    own.settings[.composite] = Composite(convolution: OwnRule(), dense: OwnRule())
    let maps = try Self.maps([ChosenMethod("lrp", settings: ["composite": "z-plus"]), own])
    #expect(maps[0] == maps[1] && maps[0].elements.contains { $0 > 0 })
  }

  /// Maps of a picture, of a network whose scores are the means of the colors.
  private static func maps(_ methods: [ChosenMethod]) throws -> [Tensor] {
    let folder = try TemporaryFolder()
    let url = URL(filePath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    let model = try Model(contentsOf: url)
    var generator = SeededGenerator(seed: 11)
    let input = Tensor.random([3, 16, 16], using: &generator, 0...1)
    let plan = try ExplanationPlan(model, methods: methods)
    let named = try Explainer(model, plan).explain([[model.inputs[0].name: input]])
    let maps = named[0].explanations.map(\.map)
    #expect(try Explainer(model, plan).explain([input])[0].explanations.map(\.map) == maps)
    return maps
  }
}
