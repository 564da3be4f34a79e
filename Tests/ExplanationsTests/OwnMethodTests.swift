import Catalogs
import Explanations
import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// Methods that are not in the catalog, as users of the library write them.
struct OwnMethodTests {
  static let exponent = Parameter("exponent", "1 or 2", standard: 1, .whole(1...2))

  /// Grad-CAM with weights that may be squared.
  static let method = ExplanationMethod(
    id: "own", title: "Own", summary: "a test", source: "none", kind: .activationMap,
    parameters: [exponent], finishing: [.rectified(true), .normalized(false)],
    procedure: .graph { site, settings in
      let weights = site.gradient.mean(over: .positions)
      let powers = settings[exponent] == 2 ? weights * weights : weights
      return (powers * site.activation).sum(over: .channels)
    })

  @Test func `a method of one's own explains like one of the catalog`() throws {
    let model = try TinyNetwork.pictureModel()
    var generator = SeededGenerator(seed: 5)
    let input = Tensor.random([3, 16, 16], using: &generator, 0...1)
    let methods = try [
      ChosenMethod("grad-cam"), ChosenMethod(Self.method),
      ChosenMethod(Self.method, settings: ["normalized": "true"]),
    ]
    let plan = try ExplanationPlan(model, methods: methods)
    let maps = try Explainer(model, plan).explain([input])[0].explanations.map(\.map)
    #expect(maps[0] == maps[1])
    let largest = maps[0].elements.max() ?? 0
    #expect(largest > 0 && largest != 1)
    let scaled = Tensor(shape: maps[0].shape, elements: maps[0].elements.map { $0 / largest })
    expectClose(maps[2], scaled, absolute: 1e-6, relative: 0)
  }

  @Test(arguments: [
    ("rectify", "true", "own has no setting \"rectify\"; it has exponent, rectified, normalized"),
    ("exponent", "3", "own: exponent is a whole number in 1…2, not \"3\""),
  ])
  func `its settings are checked like those of the catalog`(
    name: String, value: String, text: String
  ) {
    #expect {
      try ChosenMethod(Self.method, settings: [name: value])
    } throws: { error in
      let error = error as? ExplanationError
      return error?.code == .invalidSetting && error?.description == text
    }
  }
}
