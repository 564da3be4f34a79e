public import Explanations
public import Figures
public import GraphExecution
public import SpectralData

/// What is explained, how and where: what explaining, comparing and exporting share.
public struct ExplanationRequest: Sendable {
  /// The network.
  public var model: ModelSettings

  /// Files and folders, or `name=file` and `name=numbers` for inputs by their names; none when the
  /// explanation itself is exported.
  public var inputs: [String]

  /// A table that says what the inputs of each sample are, instead of all these.
  public var table: String?

  /// The names of the inputs whose positions maps lie on; empty means all.
  public var mapInputs: [String] = []

  /// The channels that figures show of pictures with many, one or three from 1; nil for the first.
  public var shownChannels: [Int]?

  /// The methods and their settings.
  public var methods: [ChosenMethod]

  /// Whether the method that is usual for the network is taken instead of `methods`.
  public var choosesMethod = false

  /// Settings of the usual method, by name, as users write them.
  public var usualSettings: [String: String] = [:]

  /// Files and folders of inputs whose mean others are compared with; none takes what the network
  /// brings along.
  public var background: [String] = []

  /// Whether methods that do not fit the network are left out with a note instead of being refused.
  public var leavesOutUnsuitable = false

  /// Names of layers, as `Model.layers(named:)` takes them; empty means the usual ones.
  public var layers: [String] = []

  /// What is explained, as users write it; empty means the class with the highest score.
  public var targets: [String] = []

  /// Whether logits or probabilities are explained.
  public var form = ScoreForm.logit

  /// How maps are brought to the positions of the input.
  public var upsampling = Upsampling.receptiveField

  /// The colors of maps without negative values.
  public var colorMap = ColorMap.turbo

  /// How many inputs run at once; nil chooses by their size and the number of maps.
  public var batch: Int?

  /// What convolutions compute with.
  public var precision = ProgramOptions.Precision.float32

  /// What positions of spectra are measured in, where their files do not say.
  public var unit: AxisUnit?

  /// Creates a request with defaults for the rest.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - inputs: Files and folders, or inputs by their names.
  ///   - methods: The methods and their settings.
  public init(model: ModelSettings, inputs: [String] = [], methods: [ChosenMethod]) {
    self.model = model
    self.inputs = inputs
    self.methods = methods
  }

  /// The plan for a network.
  ///
  /// - Parameters:
  ///   - network: The network, as read.
  ///   - usualLayers: The layers when none are named; empty means the default layer.
  ///   - hasLedger: Whether there is an account of where relevance went.
  /// - Returns: The plan.
  /// - Throws: `WorkflowError` without methods; `ExplanationError` for what the network does not have.
  package func plan(
    for network: Model, usualLayers: [String] = [], hasLedger: Bool = false
  ) throws -> ExplanationPlan {
    guard !methods.isEmpty else {
      throw WorkflowError(.invalidSetting, "no method is named; \"vitrine methods\" lists them")
    }
    let files = TargetFiles(network, unit: unit)
    let targets = try self.targets.map { try Target($0, model: network, files: files) }
    return try ExplanationPlan(
      network, methods: methods, layers: layers.isEmpty ? usualLayers : layers,
      inputs: mapInputs, targets: targets.isEmpty ? [usualTarget(for: network)] : targets,
      form: form, upsampling: upsampling, hasLedger: hasLedger,
      background: Background(
        network, files: background, unit: unit,
        keepsSamples: methods.contains(where: \.mayDrawSamples)))
  }

  /// The samples.
  package var choice: InputChoice {
    InputChoice(
      arguments: inputs, table: table,
      settings: InputSettings(unit: unit, shownChannels: shownChannels))
  }

  /// How graphs are compiled.
  package var options: ProgramOptions { ProgramOptions(precision: precision) }

  /// Where the results come from; `digest` is that of the network's file.
  func provenance(digest: String) -> Provenance {
    Provenance(
      model: model.path, modelSHA256: digest, oneDNNVersion: Program.libraryVersion,
      threads: Program.threadCount, precision: precision.rawValue)
  }
}

extension ExplanationPlan {
  /// Says what should be known about the network, the methods and where they look.
  package func advise(on network: Model, _ reporter: WorkflowReporter) {
    if network.roundsNumbers {
      reporter.note(
        "note: \(network.name) computes with rounded numbers (it is quantized). Rounding is flat "
          + "between its steps, so gradients and relevance pass through it as if nothing were rounded"
      )
    }
    for cost in costs { reporter.note("note: " + cost) }
    for baseline in baselines { reporter.note("note: " + baseline) }
    if let note = rawScoreNote { reporter.note(note) }
    for note in methods.flatMap(\.cautions) { reporter.warning(note) }
    if let note = rectifierNote(on: network) { reporter.warning(note) }
    if let layer = layers.first(where: \.mixesPlaces) {
      reporter.note(
        "note: before layer \(layer.name), attention or its like has moved evidence between positions: "
          + "its map says where the network holds what speaks for the target, which need not be where "
          + "that lies in the input")
    }
    for chosen in methods where layers.contains(where: { !$0.isDefault }) {
      if let advice = chosen.method.advice {
        reporter.note("note: \(chosen.method.id) is \(advice)")
      }
    }
  }

  /// Names the layer that was taken because none was asked for.
  func announceDefault(of network: Model, _ reporter: WorkflowReporter) {
    guard !layers.isEmpty else { return }
    let names = layers.map(\.name).joined(separator: ", ")
    reporter.note(
      (layers.count == 1 ? "layer: " : "layers: ")
        + "\(names) (default; choose another with --layer)")
    if let reason = network.reasonForEarlyDefault { reporter.note("note: " + reason) }
  }

  /// What to say where probabilities are asked for and methods start at the raw scores; nil else.
  private var rawScoreNote: String? {
    let ids = methods.map(\.method).filter(\.startsAtRawScores).map(\.id)
    guard form == .probability, !ids.isEmpty else { return nil }
    return
      "\(ids.joined(separator: ", ")): relevance and weights start at the raw scores, whatever "
      + "--score says; contrast=sglrp starts relevance with the gradient of the probability"
  }
}
