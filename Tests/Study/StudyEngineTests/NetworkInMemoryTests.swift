import Explanations
import NetworkTraining
import SpectralData
import TensorCore
import Testing

/// A network is explained from its graph as it would be from its file.
struct NetworkInMemoryTests {
  private static let small = ResidualLayers(stem: 4, stages: [4, 6], blockCount: 1, kernel: 3)

  static let architectures: [any NetworkArchitecture] = [
    PositionalNetwork(channels: [4, 4, 4], kernels: [9, 7, 5]),
    PositionalNetwork(channels: [4, 4, 4], kernels: [9, 7, 5], normalizes: false),
    ThreeConvolutionNetwork(channels: [4, 5, 6], kernels: [7, 5, 3]),
    ResidualNetwork(small),
    ResidualAverageNetwork(small),
    InceptionNetwork(),
  ]

  private static func trained(
    _ architecture: any NetworkArchitecture
  ) throws -> (TrainedNetwork, [Tensor]) {
    let (dataset, strengths) = try OnePeak.dataset(count: 24, seed: 3)
    var settings = TrainingSettings()
    settings.epochCount = 2
    let data = try TrainingData(
      rows: dataset.rows, targets: .classes(strengths.map { $0 > 0 ? 1 : 0 }, count: 2))
    let network = try Trainer(architecture).train(data, settings: settings).network
    return (network, dataset.rows.map { Tensor(shape: [1, $0.count], elements: $0) })
  }

  @Test(arguments: architectures.indices)
  func `layers and maps are those of the file, bit by bit`(index: Int) throws {
    let (network, inputs) = try Self.trained(Self.architectures[index])
    let model = try Model(name: "trained") { samples in
      try network.graph(sampleCount: samples, output: .probabilities)
    }
    let file = try Model(bytes: network.onnx(), name: "trained")
    #expect(model.inputShape == file.inputShape && model.scoreCount == file.scoreCount)
    #expect(model.activation == file.activation && model.inputs == file.inputs)
    #expect(model.defaultLayer?.name == file.defaultLayer?.name)
    #expect(model.stageEnds.map(\.name) == file.stageEnds.map(\.name))
    let maps = try [model, file].map { model in
      let plan = try ExplanationPlan(
        model,
        methods: ["1d-grad-cam", "relevance-cam", "layer-cam", "lrp"].map { try ChosenMethod($0) },
        layers: model.stageEnds.map(\.name), targets: [.ranked(0), .output(1)])
      return try Explainer(model, plan).explain(inputs)
    }
    for (ours, theirs) in zip(maps[0], maps[1]) {
      #expect(ours.scores == theirs.scores)
      #expect(ours.explanations.map(\.map) == theirs.explanations.map(\.map))
      #expect(ours.explanations.map(\.aligned) == theirs.explanations.map(\.aligned))
    }
    let rectified = [model, file].map { $0.layers.filter { $0.isRectified && $0.isMappable } }
    #expect(rectified[0].map(\.receptiveFields) == rectified[1].map(\.receptiveFields))
    let readers = try zip([model, file], rectified).map {
      try ActivationReader($0, layers: $1, batch: 5).activations(Array(inputs.prefix(7)))
    }
    #expect(readers[0] == readers[1])
  }
}
