import Explanations
import Foundation
import GraphExecution
import NetworkTraining
import ONNXFormat
import SpectralData
import TensorCore
import TestSupport
import Testing
import Workflows

/// Preprocessing that a network carries in its file.
struct StoredPreprocessingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Spectra of two classes with a band each, with gain and offset.
  private func spectra(_ count: Int, seed: UInt64) throws -> SpectralDataset {
    var generator = SplitMix64(seed: seed)
    let axis = try SpectralAxis(from: 900, through: 1100, count: 101, unit: .reciprocalCentimeter)
    let rows = (0..<count).map { index in
      let center: Double = index % 2 == 0 ? 960 : 1040
      let (gain, offset) = (0.5 + generator.uniform(), generator.normal())
      return axis.positions.map { position -> Float in
        let distance = (position - center) / 12
        return offset + gain * (Float(1 / (1 + distance * distance)) + 0.05 * generator.normal())
      }
    }
    let labels = (0..<count).map { $0 % 2 == 0 ? "low" : "high" }
    return try SpectralDataset(
      axis: axis, rows: rows, names: (0..<count).map { "s\($0)" },
      metadata: [SpectralDataset.MetadataColumn(name: "label", values: labels)])
  }

  @Test(arguments: [
    "snv", "crop(from=920,to=1080),msc,savitzky-golay(window=7,order=2,derivative=1),autoscale",
    "resample(from=905,to=1095,points=64),snv", "asls,mean-center", "none",
  ])
  func `explaining a file is explaining its prepared spectra`(text: String) async throws {
    let training = try spectra(24, seed: 1)
    let pipeline = try PreprocessingPipeline(parsing: text)
    let (fitted, rows) = try pipeline.fitTransform(training.rows, on: training.axis)
    var settings = TrainingSettings()
    settings.epochCount = 2
    let network = try Trainer(ThreeConvolutionNetwork(channels: [4, 5, 6], kernels: [7, 5, 3]))
      .train(
        TrainingData(rows: rows, targets: .classes(rows.indices.map { $0 % 2 }, count: 2)),
        settings: settings
      ).network
    var description = NetworkDescription()
    description.labels = ["low", "high"]
    description.take(training.axis)
    description.preprocessing = pipeline.description
    description.fittedPreprocessing = fitted
    let bytes = try network.onnx(description)

    let new = try spectra(3, seed: 2)
    let model = try Model(bytes: bytes, name: "trained")
    let plan = try ExplanationPlan(model, methods: [ChosenMethod("1d-grad-cam")])
    let prepared = try fitted.apply(to: new)
    let expected = try Explainer(model, plan).explain(
      prepared.rows.map { Tensor(shape: [1, $0.count], elements: $0) })

    try bytes.write(to: URL(fileURLWithPath: folder.path("trained.onnx")))
    try SpectrumFormatCatalog.write(new, to: folder.path("new.csv"))
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: folder.path("trained.onnx")), inputs: [folder.path("new.csv")],
        methods: [try ChosenMethod("1d-grad-cam")]))
    workflow.folder = folder.path("maps")
    workflow.formats = [.npz]
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    #expect(result.inputs.count == 3)
    for (index, input) in result.inputs.enumerated() {
      let archive = try NPZArchive(
        contentsOf: URL(fileURLWithPath: #require(input.explanations[0].files.first)))
      #expect(try archive["input"].elements == prepared.rows[index])
      #expect(try archive["scores"].elements == expected[index].scores)
      #expect(try archive["aligned"] == expected[index].explanations[0].aligned)
    }
  }

  /// A network in a file that prepares spectra, as it is trained.
  private func trained(
    _ text: String
  ) throws -> (network: TrainedNetwork, description: NetworkDescription) {
    let training = try spectra(24, seed: 1)
    let (fitted, rows) = try PreprocessingPipeline(parsing: text).fitTransform(
      training.rows, on: training.axis)
    var settings = TrainingSettings()
    settings.epochCount = 2
    let network = try Trainer(PositionalNetwork(channels: [4], kernels: [7])).train(
      TrainingData(rows: rows, targets: .classes(rows.indices.map { $0 % 2 }, count: 2)),
      settings: settings
    ).network
    var description = NetworkDescription()
    description.labels = ["low", "high"]
    description.take(training.axis)
    description.fittedPreprocessing = fitted
    return (network, description)
  }

  /// The same network in a file that prepares spectra, and in one as they were written before: prepared
  /// spectra go in, and metadata says how they are made.
  private func files() throws -> (new: String, old: String) {
    let (network, description) = try trained("snv,crop(from=920,to=1080)")
    let (new, old) = (folder.path("inside.onnx"), folder.path("outside.onnx"))
    try network.write(to: URL(fileURLWithPath: new), description)
    let text = try Model(contentsOf: URL(fileURLWithPath: new)).metadata["vitrine"] ?? ""
    var known = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(known.removeValue(forKey: "prepared") as? String == "prepared_spectra")
    let metadata = String(
      decoding: try JSONSerialization.data(withJSONObject: known), as: UTF8.self)
    try ONNXWriter(metadata: ["vitrine": metadata], sampleAxis: "samples").write(
      network.graph(sampleCount: 1, output: .probabilities), to: URL(fileURLWithPath: old))
    return (new, old)
  }

  @Test func `a file that prepares spectra is told as one whose spectra are prepared`() async throws
  {
    let files = try files()
    let table = folder.path("new.csv")
    try SpectrumFormatCatalog.write(try spectra(3, seed: 2), to: table)
    var results: [PredictWorkflow.Result] = []
    for file in [files.new, files.old] {
      results.append(
        try await PredictWorkflow(model: ModelSettings(path: file), inputs: [table]).run())
    }
    #expect(results[0].predictions.count == 3)
    #expect(results[0].predictions == results[1].predictions)
    let inspected = try InspectWorkflow(model: ModelSettings(path: files.new)).run()
    #expect(inspected.inputs.map(\.name) == ["prepared_spectra"])
    #expect(inspected.inputs.map(\.shape) == [[1, 81]])
    let before = try InspectWorkflow(model: ModelSettings(path: files.old)).run()
    #expect(inspected.layers.map(\.operatorType) == before.layers.map(\.operatorType))
    #expect(inspected.layers.contains { $0.name == "features1" })
    #expect(inspected.preprocessing["preprocessing"]?.contains("computed in the file") == true)
  }

  @Test func `an exported explanation prepares spectra unless somebody prepares them otherwise`()
    throws
  {
    let files = try files()
    let new = try spectra(2, seed: 2)
    var request = ExplanationRequest(
      model: ModelSettings(path: files.new), inputs: [],
      methods: [try ChosenMethod("1d-grad-cam")])
    request.batch = 2
    func exported() throws -> ONNXFile {
      let output = folder.path("explanation.onnx")
      _ = try ExportWorkflow(request, output: output).run()
      return try ONNXFile(contentsOf: URL(fileURLWithPath: output))
    }
    let whole = try exported()
    #expect(whole.inputs.map(\.name) == ["spectra"])
    #expect(whole.metadata["vitrine"]?.contains("\"prepared\"") == true)
    let maps = try Program(whole.graph(batch: 2)).run([
      "spectra": Tensor(shape: [2, 1, 101], elements: new.rows.elements)
    ])
    let model = try Model(contentsOf: URL(fileURLWithPath: files.old))
    let prepared = try PreprocessingPipeline(parsing: "snv,crop(from=920,to=1080)")
      .fitted(on: new.axis).apply(to: new)
    let expected = try Explainer(
      model, ExplanationPlan(model, methods: [ChosenMethod("1d-grad-cam")])
    ).explain(prepared.rows.map { Tensor(shape: [1, $0.count], elements: $0) })
    let map = try #require(maps["aligned_map"] ?? maps["map"])
    let size = expected.flatMap { $0.explanations[0].aligned.elements }.map { abs($0) }.max() ?? 0
    expectClose(
      map.elements.map(Double.init),
      expected.flatMap { $0.explanations[0].aligned.elements.map(Double.init) },
      absolute: 1e-4 * Double(size), relative: 1e-4)

    request.model.overrides.preprocessing = "crop(from=920,to=1080)"
    let part = try exported()
    #expect(part.inputs.map(\.name) == ["prepared_spectra"])
    #expect(part.metadata["vitrine"]?.contains("\"prepared\"") == false)
  }

  @Test func `a value that is said to be prepared must be computed by the graph`() throws {
    let (network, description) = try trained("snv")
    let path = folder.path("wrong.onnx")
    let file = try ONNXFile(network.onnx(description), name: "network")
    let text = try #require(file.metadata["vitrine"])
    for name in ["nowhere", "spectra"] {
      let metadata = ["vitrine": text.replacing("prepared_spectra", with: name)]
      try ONNXWriter(metadata: metadata).write(
        file.graph(batch: 1), to: URL(fileURLWithPath: path))
      #expect {
        try Model(contentsOf: URL(fileURLWithPath: path))
      } throws: { "\($0)".contains("\"\(name)\"") }
    }
  }

  @Test func `what a pipeline learned survives the file bit by bit`() throws {
    let training = try spectra(9, seed: 3)
    let fitted = try PreprocessingPipeline(
      parsing: "msc,autoscale,resample(from=905,to=1095,points=64),rubber-band"
    ).fit(training)
    #expect(try FittedPreprocessingPipeline(json: fitted.json()) == fitted)
    var description = NetworkDescription()
    description.take(training.axis)
    description.fittedPreprocessing = fitted
    let network = try Trainer(ThreeConvolutionNetwork(channels: [2, 2, 2], kernels: [3, 3, 3]))
      .train(
        TrainingData(
          rows: fitted.apply(to: training).rows,
          targets: .classes((0..<9).map { $0 % 2 }, count: 2)),
        settings: {
          var settings = TrainingSettings()
          settings.epochCount = 1
          return settings
        }()
      ).network
    let information = try Model(bytes: network.onnx(description), name: "trained").information
    let steps = try #require(information.preprocessingSteps)
    #expect(try FittedPreprocessingPipeline(json: Data(steps.utf8)) == fitted)
    #expect(information.preprocessing == "msc,autoscale,resample,rubber-band")
    #expect(information.axisPositions == training.axis.positions)
    #expect(information.axisUnit == "cm-1")
    description.axisPositions = [3, 1, 2]
    #expect { try network.onnx(description) } throws: { "\($0)".contains("go together") }
    description.fittedPreprocessing = nil
    #expect { try network.onnx(description) } throws: { "\($0)".contains("3 positions") }
  }

  /// A network whose metadata has what is given.
  private func tiny(_ known: [String: Any]) throws -> ModelSettings {
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: path), known: known)
    return ModelSettings(path: path)
  }

  private func table() throws -> String {
    let header = (0..<20).map { "\(1000 + 10 * $0)" }.joined(separator: ",")
    let row = (0..<20).map { "\($0)" }.joined(separator: ",")
    return try folder.write(header + "\n" + row + "\n", to: "spectra.csv")
  }

  @Test func `text that learns nothing is applied in any network`() async throws {
    let settings = try tiny(["preprocessing": "min-max,mean-free"])
    let table = try table()
    await #expect {
      try await PredictWorkflow(model: settings, inputs: [table]).run()
    } throws: { "\($0)".contains("mean-free") && "\($0)".contains("min-max") }
    let sound = try tiny(["preprocessing": "min-max"])
    let result = try await PredictWorkflow(model: sound, inputs: [table], top: 1).run()
    let score = try #require(result.predictions.first).top[0].score
    // Single precision through a sum of twenty.
    #expect(abs(score - 0.5) < 1e-6)
  }

  @Test func `text with steps that learn is refused without training spectra`() async throws {
    let settings = try tiny(["preprocessing": "snv,msc"])
    let table = try table()
    await #expect {
      try await PredictWorkflow(model: settings, inputs: [table]).run()
    } throws: { "\($0)".contains("\"msc\" learns") && "\($0)".contains("snv") }
  }

  static let malformed: [(steps: String, parts: [String])] = [
    (#""snv""#, ["preprocessing_steps", "list"]),
    ("[1, 2]", ["step 1"]),
    (#"[{"step": "snv"}]"#, ["step 1", "state"]),
    (#"[{"step": "magic", "state": {}}]"#, ["magic", "snv"]),
    (#"[{"step": "mean-center", "state": {"mean": ["a"]}}]"#, ["step 1", "mean"]),
    (
      #"[{"step": "savitzky-golay", "state": "#
        + #"{"window": 4, "order": 2, "derivative": 0, "spacing": 1}}]"#, ["savitzky-golay", "odd"]
    ),
  ]

  @Test(arguments: malformed.indices)
  func `malformed steps are refused, saying where`(index: Int) async throws {
    let (steps, parts) = Self.malformed[index]
    let object = try JSONSerialization.jsonObject(
      with: Data(steps.utf8), options: .fragmentsAllowed)
    let settings = try tiny(["preprocessing_steps": object])
    let table = try table()
    await #expect {
      try await PredictWorkflow(model: settings, inputs: [table]).run()
    } throws: { error in
      parts.allSatisfy { "\(error)".contains($0) }
    }
  }

  @Test func `steps that do not fit the spectra name both lengths`() async throws {
    let settings = try tiny([
      "preprocessing_steps": [["step": "mean-center", "state": ["mean": [1.5, 2.5]]]]
    ])
    let result = try await PredictWorkflow(model: settings, inputs: [table()]).run()
    let message = try #require(result.failures.first?.message)
    #expect(message.contains("2 points") && message.contains("20"))
  }

  @Test func `preprocessing that leaves the wrong length is explained`() async throws {
    var settings = try tiny(["axis": (0..<20).map { 1000 + 10 * $0 }, "axis_unit": "cm-1"])
    settings.overrides.preprocessing = "crop(from=1000,to=1100)"
    let result = try await PredictWorkflow(model: settings, inputs: [table()]).run()
    let message = try #require(result.failures.first?.message)
    #expect(message.contains("20 points, 11 after preprocessing"))
  }

  @Test func `what the caller asks for replaces stored steps`() async throws {
    var settings = try tiny([
      "preprocessing_steps": [["step": "mean-center", "state": ["mean": Array(0..<20)]]]
    ])
    let stored = try await PredictWorkflow(model: settings, inputs: [table()], top: 1).run()
    #expect(stored.predictions.map { $0.top[0].score } == [0])
    settings.overrides.preprocessing = "none"
    let plain = try await PredictWorkflow(model: settings, inputs: [table()], top: 1).run()
    #expect(plain.predictions.map { $0.top[0].score } == [9.5])
  }
}
