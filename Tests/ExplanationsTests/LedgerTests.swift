import Explanations
import Foundation
import GraphExecution
import TensorCore
import TestSupport
import Testing

/// Ledgers of real networks.
struct LedgerTests {
  struct Network: Sendable {
    let name: String
    /// How many depthwise convolutions there are.
    let depthwiseCount: Int
  }

  static let networks = [
    Network(name: "efficientnet-lite0", depthwiseCount: 16),
    Network(name: "mobilenet-v2", depthwiseCount: 17),
  ]

  /// With biases ignored, all but 1e-3 of what is lost is lost in depthwise convolutions, at units
  /// that are alive only through their bias.
  @Test(.needsShared("reference"), arguments: networks)
  func `depthwise convolutions lose what is lost`(network: Network) throws {
    let (ledger, model, relevance) = try Self.ledger(of: network.name)
    // Nine or 25 weights and a bias for each channel.
    let depthwise = Set(
      model.layers.filter { [10, 26].contains(Double($0.parameterCount) / Double($0.shape[0])) }
        .map(\.name))
    let lossy = ledger.rows.filter { depthwise.contains($0.name) }
    #expect(lossy.count == network.depthwiseCount)
    var (lost, elsewhere) = (Float(0), Float(0))
    for row in ledger.rows {
      let loss = row.received - row.passed
      let rest = abs(row.remainder)
      #expect(rest <= 1e-4 * max(abs(row.received), abs(row.passed)), "\(row)")
      #expect(row.bias == 0, "\(row)")
      if depthwise.contains(row.name) {
        lost += loss
        #expect(row.biasOnlyUnits > 0, "\(row)")
      } else {
        elsewhere += abs(loss)
      }
    }
    let arrived = try #require(ledger.arrivals.first?.relevance)
    #expect(ledger.arrivals.map(\.name) == ["input"])
    #expect(elsewhere < 1e-3 * lost, "\(elsewhere) of \(lost)")
    #expect(abs(1 - lost - arrived) < 1e-3)
    #expect(arrived < 0.5, "\(arrived)")
    #expect(abs(relevance.elements.reduce(0, +) - arrived) < 1e-4)
  }

  @Test func `a ledger needs a method that propagates relevance`() throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    let model = try Model(contentsOf: url)
    let error = #expect(throws: ExplanationError.self) {
      try ExplanationPlan(model, methods: [ChosenMethod("grad-cam")], hasLedger: true)
    }
    #expect(error?.description.contains("grad-cam does not propagate") == true)
    #expect(error?.description.contains("lrp") == true)
  }

  /// The mean of red is explained through one convolution with weights 1 and 0: nothing is lost.
  @Test func `methods share a pass, and those without relevance have no ledger`() throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try TinyNetwork.writePictures(to: url)
    let model = try Model(contentsOf: url)
    let methods = try [
      ChosenMethod("grad-cam"), ChosenMethod("relevance-cam"),
      ChosenMethod("lrp", settings: ["composite": "z-plus"]),
    ]
    let plan = try ExplanationPlan(model, methods: methods, hasLedger: true)
    let pixels = (0..<768).map { Float($0 % 7 + 1) }
    let inputs = [1, 2].map { scale in
      Tensor(shape: [3, 16, 16], elements: pixels.map { $0 * scale })
    }
    for sample in try Explainer(model, plan).explain(inputs) {
      #expect(sample.explanations.map(\.ledgers.count) == [0, 2, 1])
      #expect(sample.explanations[1].ledgers.map(\.start) == ["supporting", "opposing"])
      let ledger = sample.explanations[2].ledgers[0]
      #expect(ledger.start == "target" && ledger.composite == "z-plus")
      #expect(ledger.rows.map(\.operation) == ["matrixProduct", "reduction", "convolution"])
      for row in ledger.rows {
        expectClose(
          Tensor(
            shape: [6],
            elements: [
              row.received, row.passed, row.bias, row.stabilizer, row.dead, row.remainder,
            ]),
          Tensor(shape: [6], elements: [1, 1, 0, 0, 0, 0]), absolute: 2e-5, relative: 0)
        #expect(row.biasOnlyUnits == 0)
      }
      #expect(ledger.arrivals.map(\.name) == ["kept", "input"])
      for arrival in ledger.arrivals { #expect(abs(arrival.relevance - 1) < 2e-5) }
    }
  }

  private static func ledger(
    of network: String
  ) throws -> (ConservationLedger, Model, Tensor) {
    let shared = try #require(SharedData.folder("."))
    let reference = try NPZArchive(
      contentsOf: shared.appending(path: "reference/model-\(network).npz"))
    let model = try Model(
      contentsOf: shared.appending(path: "data/model-\(network)/model.onnx"))
    let method = try ChosenMethod("lrp", settings: ["composite": "z-plus"])
    let plan = try ExplanationPlan(model, methods: [method], hasLedger: true)
    let sample = try Explainer(model, plan).explain([try reference["input"].part(0)])[0]
    let explanation = sample.explanations[0]
    return (try #require(explanation.ledgers.first), model, explanation.map)
  }
}
