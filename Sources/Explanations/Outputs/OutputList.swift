import GraphIR
import GraphRewriting
import ONNXFormat
import TensorCore

/// Finds out what the outputs of a network are, and which of them is explained.
struct OutputList {
  /// The outputs in the order of the file.
  private(set) var outputs: [NetworkOutput] = []

  private var explainedIndex = 0
  private let model: String
  private let refused: [RefusedOutput]
  private let graph: Graph
  private let samples: Int
  private let wholeNumbers: Set<String>
  private let information: ModelInformation
  private let settings: OutputSettings

  /// Looks at all outputs.
  ///
  /// - Parameters:
  ///   - imported: The network for a number of samples, with all its outputs.
  ///   - source: Where it comes from.
  ///   - samples: How many samples it is for.
  ///   - information: What is known about the network.
  ///   - settings: What the user says; of the output that is explained.
  /// - Throws: `ExplanationError` for an axis or classes that the named output does not have.
  init(
    _ imported: ImportedModel, _ source: NetworkSource, samples: Int,
    _ information: ModelInformation, _ settings: OutputSettings
  ) throws {
    model = source.name
    graph = imported.graph
    refused = imported.refusedOutputs
    wholeNumbers = source.wholeNumberOutputs
    self.samples = samples
    self.information = information
    self.settings = settings
    let kinds = AxisKinds(graph)
    outputs = try graph.outputs.map { try output($0, kinds[$0.value], nil) }
    explainedIndex = try settings.name.map(named) ?? likeliest()
    // What a user says of outputs is said of the one that is explained.
    var said = settings
    said.meaning = said.meaning ?? information.outputMeaning
    said.name = nil
    if said != OutputSettings() || information.detectorBoxCount != nil {
      let output = graph.outputs[explainedIndex]
      outputs[explainedIndex] = try self.output(output, kinds[output.value], said)
    }
  }

  /// The output that is explained.
  var explained: NetworkOutput { outputs[explainedIndex] }

  /// The first of those that look most like classes.
  private func likeliest() throws(ExplanationError) -> Int {
    let ranked = outputs.indices.filter { outputs[$0].role != .label && outputs[$0].classCount > 0 }
    let best = ranked.map { likeness(outputs[$0]) }.max()
    guard let index = ranked.first(where: { likeness(outputs[$0]) == best }) else {
      let reason = outputs.isEmpty ? "has no output" : "gives labels only, which have no gradient"
      throw ExplanationError(.unsuitableModel, "\(model) \(reason)")
    }
    return index
  }

  private func named(_ name: String) throws(ExplanationError) -> Int {
    if let output = refused.first(where: { $0.name == name }) {
      throw ExplanationError(.unknownOutput, "output \(name): \(output.error)")
    }
    guard let index = outputs.firstIndex(where: { $0.name == name }) else {
      let list = outputs.map { "\($0.name) (\($0.role.rawValue))" }.joined(separator: ", ")
      throw ExplanationError(
        .unknownOutput, "\(model) has no output \"\(name)\"; its outputs are \(list)")
    }
    guard outputs[index].role != .label else {
      let others = outputs.filter { $0.role != .label }.map(\.name).joined(separator: ", ")
      throw ExplanationError(
        .unknownOutput,
        "output \(name) is a label, which has no gradient; name the output it is made of: "
          + (others.isEmpty ? "the network has no other" : others))
    }
    return index
  }

  /// How much an output looks like the classes that a user asks about.
  private func likeness(_ output: NetworkOutput) -> Int {
    var points =
      switch output.role {
      case .classes: 4
      case .classesAtPositions: 3
      case .embedding: 1
      case .values, .label: 0
      }
    if output.activation != .none { points += 2 }
    if output.classCount > 1, output.classCount == information.labels?.count { points += 4 }
    return points
  }

  private func output(
    _ output: GraphOutput, _ kinds: [AxisKinds.Kind], _ settings: OutputSettings?
  ) throws(ExplanationError) -> NetworkOutput {
    let builder = GraphBuilder(graph)
    let value = builder.value(output.value)
    let shape = value.shape
    if let axis = settings?.classAxis, !shape.extents.indices.contains(axis) {
      throw ExplanationError(
        .unknownOutput, "output \(output.name) of shape \(shape) has no axis \(axis)")
    }
    let layout = OutputAxes(
      shape: shape, kinds: kinds, softmaxAxis: value.rawScores?.axis, sampleCount: samples,
      classCounts: classCounts
    ).layout(named: settings?.classAxis)
    let width = layout.classes.map { shape[$0] } ?? 1
    let head = ScoreHead(
      output: output.name, layout: layout,
      classes: try classes(of: output.name, width: width, settings))
    let (part, raw) = head.parts(of: value)
    var description = OutputDescription(
      name: output.name, classCount: head.classes?.count ?? width,
      hasPositions: !layout.positions.isEmpty, isWhole: wholeNumbers.contains(output.name),
      activation: activation(of: raw, along: layout.classes), meaning: settings?.meaning)
    if description.needsProbe, !builder.graph.endsInLinearMap((raw?.value ?? part).id),
      let probe = try? OutputProbe(try builder.finish(), part.id, layout)
    {
      description.probe = probe
    }
    return NetworkOutput(
      name: output.name,
      shape: layout.samples.map { shape.replacing($0, with: 1) } ?? shape,
      role: description.role, activation: try description.finalActivation(),
      classCount: description.classCount, positions: layout.positions.map { shape[$0] },
      head: head)
  }

  /// What makes probabilities of classes; a softmax along another axis makes none.
  private func activation(of raw: RawScores?, along classes: Int?) -> TrailingActivation {
    guard let raw, raw.axis == nil || raw.axis == classes else { return .none }
    return raw.activation
  }

  /// How many numbers may stand along the axis of the classes, by the labels: with a box and with an
  /// objectness before them in detectors.
  private var classCounts: [Int] {
    guard let count = information.labels?.count else { return [] }
    return information.detectorBoxCount.map { [count + $0, count + $0 + 1, count] } ?? [count]
  }

  /// The indices of the axis of the classes that are classes; nil for all.
  private func classes(
    of name: String, width: Int, _ settings: OutputSettings?
  ) throws(ExplanationError) -> Range<Int>? {
    var (first, end) = (settings?.firstClass, settings?.classEnd)
    if first == nil, end == nil, let boxes = information.detectorBoxCount,
      let labels = information.labels?.count, width > labels, width <= labels + boxes + 1
    {
      (first, end) = (width - labels, width)
    }
    guard first != nil || end != nil else { return nil }
    let range = (first ?? 0, end ?? width)
    guard range.0 < range.1, range.0 >= 0, range.1 <= width else {
      throw ExplanationError(
        .unknownOutput,
        "classes \(range.0):\(range.1) do not lie along an axis of \(width) numbers of output \(name)"
      )
    }
    return range.0..<range.1
  }
}
