import Explanations

extension ExplainWorkflow {
  /// Explains spectra part by part; their number decides what is written about them.
  func summarized(
    _ run: ExplainRun, _ writer: ExplanationWriter, _ failures: FailureLog
  ) async throws -> ExplainResult {
    var results = SpectraResults(writer, chosenArrangement, run.reporter, failures)
    let finder = bands?(writer.model)
    if let refusal = finder?.refusal { run.reporter.note("note: " + refusal) }
    try await run.explain { try await results.take($0) }
    let summary = MapSummaryWriter(
      model: writer.model, plan: writer.plan, folder: writer.folder,
      formats: formats ?? Set(Format.allCases), colorMap: request.colorMap, name: summaryName,
      origin: writer.origin, bands: finder,
      writesLargeTables: formats?.contains(.csv) == true)
    var result = ExplainResult(model: request.model.path, inputs: [], failures: [])
    if !results.materials.isEmpty {
      result.summaries = try await summary.write(results.materials)
    } else if let few = try await results.finish(), finder != nil {
      result.bands = try await summary.writeBands(few)
    }
    result.inputs = results.entries
    result.failures = failures.all
    return result
  }
}

/// What is made of spectra while they are explained: files of each, what a summary needs, or both.
private struct SpectraResults {
  /// What is told of each spectrum, in order.
  private(set) var entries: [ExplainedInput] = []

  /// What a summary is made of; empty where there is none.
  private(set) var materials: [SummaryMaterial] = []

  private let writer: ExplanationWriter
  private let arrangement: ExplainWorkflow.Arrangement
  private let reporter: WorkflowReporter
  private let failures: FailureLog
  private var names = FileNames()

  /// The spectra of which it is not yet known whether there are too many for files of each.
  private var waiting: [ExplainedSample] = []

  /// What is explained of the spectra that have a figure beside the summary.
  private var shown: Set<String> = []

  /// How many spectra have a figure beside a summary that nobody asked for, each of another class.
  private static let greatestExampleCount = 6

  init(
    _ writer: ExplanationWriter, _ arrangement: ExplainWorkflow.Arrangement,
    _ reporter: WorkflowReporter, _ failures: FailureLog
  ) {
    self.writer = writer
    self.arrangement = arrangement
    self.reporter = reporter
    self.failures = failures
  }

  /// Takes the next spectra; those whose numbers are not finite are failures.
  mutating func take(_ samples: [ExplainedSample]) async throws {
    let sound = samples.filter { sample in
      do {
        try writer.check(sample.input, sample.sample)
        return true
      } catch {
        failures.add(InputFailure(sample.input.path, error))
        return false
      }
    }
    guard arrangement == .automatic else {
      entries += arrangement == .both ? await written(sound, by: writer) : sound.map(entry)
      return try materials.add(sound, in: writer.folder)
    }
    waiting += sound
    let isMap = waiting.contains { $0.input.main.place != nil }
    guard !materials.isEmpty || isMap || waiting.count > ExplainWorkflow.greatestSeparateCount
    else { return }
    if materials.isEmpty {
      reporter.note(
        (isMap ? "a map" : "more than \(ExplainWorkflow.greatestSeparateCount) spectra")
          + ": one summary of all, and a figure of the first of each class (--each writes files for "
          + "each spectrum)")
    }
    entries += await summarized(waiting)
    try materials.add(waiting, in: writer.folder)
    waiting = []
  }

  /// Writes files of each where there were few.
  ///
  /// - Returns: The spectra on each axis; nil where there are none.
  /// - Throws: `WorkflowError` when the folder cannot be written.
  mutating func finish() async throws -> [SummaryMaterial]? {
    entries += await written(waiting, by: writer)
    var few: [SummaryMaterial] = []
    try few.add(waiting, in: writer.folder)
    waiting = []
    return few.isEmpty ? nil : few
  }

  /// What is told of spectra in a summary, of whom the first of each class have a figure.
  private mutating func summarized(_ samples: [ExplainedSample]) async -> [ExplainedInput] {
    var figures = writer
    figures.formats = [.png]
    var entries: [ExplainedInput] = []
    for sample in samples {
      let title = sample.sample.explanations.first?.targetTitle ?? ""
      let isExample = shown.count < Self.greatestExampleCount && shown.insert(title).inserted
      entries += isExample ? await written([sample], by: figures) : [entry(sample)]
    }
    return entries
  }

  private mutating func written(
    _ samples: [ExplainedSample], by writer: ExplanationWriter
  ) async -> [ExplainedInput] {
    let jobs = samples.map { writer.job($0, &names) }
    return await writer.write(jobs, failures)
  }

  private func entry(_ sample: ExplainedSample) -> ExplainedInput {
    writer.entry(
      sample.input, sample.sample, files: sample.sample.explanations.map { _ in [] })
  }
}
