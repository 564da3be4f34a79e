import GraphExecution
import GraphIR
import TensorCore

/// One map to make by running changed inputs.
struct RepeatJob {
  /// Which of the samples that are explained at once.
  let sample: Int
  let item: PlanItem
  let repetition: Repetition
  /// All inputs of the sample; the one that the map lies on is changed.
  let inputs: [String: Tensor]
  /// What it is compared with, each `[channels, positions…]`, and what that is; none where it is not.
  let baselines: [Tensor]
  let baseline: Baseline?
  /// What is kept of the unchanged sample.
  let kept: [Tensor]
  /// How much each score counts, `[1, classes, positions…]`.
  let target: Tensor
}

/// Makes maps of what a network gives for changed inputs, many at a time.
final class InputRepeater: Sendable {
  /// The changed inputs of one sample, for the maps of one target.
  private struct Subject {
    /// A job for every map of the kind, in their order.
    var jobs: [RepeatJob]

    var changed: ChangedInputs {
      let job = jobs[0]
      let input = job.inputs[job.item.input.name] ?? Tensor(0)
      return ChangedInputs(
        job.repetition.changes(job.item.method.settings), of: input, from: job.baselines)
    }
  }

  /// What a map is combined for.
  private struct Combined: Hashable {
    let method: Int
    let layer: Int?
    let input: Int
  }

  /// A kind of changes, and the shapes of what is kept for each of its maps.
  private struct Work: Hashable, Sendable {
    let kind: RepeatKind
    let kept: [[Shape]]
  }

  /// How many numbers are accumulated at a time, at most, unless one sample needs more.
  private static let greatestAccumulation = 16_000_000

  private let form: ScoreForm
  private let graphs: RepeatGraphs
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let runner: PointRunner<Work, RepeatOutputs>
  private let combinations = ProgramStore<Combined, MapOutputs>()

  init(
    _ model: Model, _ form: ScoreForm, _ upsampling: Upsampling, options: ProgramOptions,
    lane: ExecutionLane, batch: Int
  ) {
    let graphs = RepeatGraphs(model: model, upsampling: upsampling)
    self.form = form
    self.graphs = graphs
    self.options = options
    self.lane = lane
    runner = PointRunner(model, options: options, lane: lane, batch: batch) { work, samples in
      try graphs.terms(work.kind, kept: work.kept, samples)
    }
  }

  /// Makes maps.
  ///
  /// - Parameters:
  ///   - jobs: Whose, and of what; those of one target of one sample stand in the order of the plan.
  ///   - progress: Called with the share that is done.
  /// - Returns: A map for each.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func maps(_ jobs: [RepeatJob], progress: (Double) -> Void) throws -> [MapPair] {
    var found: [PlaceOfJob: MapPair] = [:]
    let groups = groups(jobs)
    let whole = groups.reduce(0) { $0 + $1.subjects.count * $1.kind.key.changes.count }
    var done = 0
    for (kind, subjects) in groups {
      let count = subjects.count * kind.key.changes.count
      try run(kind, subjects, &found) { share in
        progress((Double(done) + share * Double(count)) / Double(max(whole, 1)))
      }
      done += count
    }
    return jobs.compactMap { found[PlaceOfJob($0)] }
  }

  /// Where a job stands.
  private struct PlaceOfJob: Hashable {
    let sample: Int
    let place: PlanItem.Place

    init(_ job: RepeatJob) { (sample, place) = (job.sample, job.item.place) }
  }

  /// Jobs whose changes are run together.
  private func groups(_ jobs: [RepeatJob]) -> [(kind: RepeatKind, subjects: [Subject])] {
    var order: [RepeatKind.Key] = []
    var members: [RepeatKind.Key: [RepeatJob]] = [:]
    for job in jobs {
      let key = RepeatKind.Key(
        changes: job.repetition.changes(job.item.method.settings), baseline: job.baseline,
        input: job.item.input, form: FormedScores(form, job.item.target))
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(job)
    }
    return order.map { key in
      var places: [[Int]: Int] = [:]
      var subjects: [Subject] = []
      for job in members[key] ?? [] {
        let name = [job.sample, job.item.place.target]
        if let place = places[name] {
          subjects[place].jobs.append(job)
        } else {
          places[name] = subjects.count
          subjects.append(Subject(jobs: [job]))
        }
      }
      return (RepeatKind(key: key, items: subjects[0].jobs.map(\.item)), subjects)
    }
  }
}

// Running.
extension InputRepeater {
  private func run(
    _ kind: RepeatKind, _ subjects: [Subject], _ found: inout [PlaceOfJob: MapPair],
    progress: (Double) -> Void
  ) throws {
    let work = Work(kind: kind, kept: subjects[0].jobs.map { $0.kept.map(\.shape) })
    let count = kind.key.changes.count
    let outputs = try runner.results(of: work, count: subjects.count * count)
    let size = outputs.terms.joined().reduce(0) { $0 + $1.shape.elementCount }
    let atOnce = max(1, Self.greatestAccumulation / max(size, 1))
    for part in subjects.indices.parts(of: atOnce) {
      let results = try accumulated(work, Array(subjects[part]), outputs) { share in
        let done = Double(part.lowerBound) + share * Double(part.count)
        progress(done / Double(subjects.count))
      }
      for (subject, items) in zip(subjects[part], results) {
        for (job, terms) in zip(subject.jobs, items) {
          found[PlaceOfJob(job)] = try combined(job, terms)
        }
      }
    }
  }

  /// What is found of the terms of every map, for some subjects.
  private func accumulated(
    _ work: Work, _ subjects: [Subject], _ outputs: RepeatOutputs, progress: (Double) -> Void
  ) throws -> [[[RepeatAccumulator]]] {
    let count = work.kind.key.changes.count
    let changed = subjects.map(\.changed)
    let nothing = outputs.terms.map { $0.map { RepeatAccumulator($0.statistic, $0.shape) } }
    var results = [[[RepeatAccumulator]]](repeating: nothing, count: subjects.count)
    try runner.run(
      work, count: subjects.count * count,
      inputs: { outputs, point in
        let change = changed[point / count].change(point % count)
        return values(subjects[point / count], change, outputs)
      },
      read: { values, outputs, row, point in
        for (item, terms) in outputs.terms.enumerated() {
          for (index, term) in terms.enumerated() {
            results[point / count][item][index].add(values[term.output].elements, row: row)
          }
        }
      }, progress: progress)
    return results
  }

  /// The inputs of the graph for one change.
  private func values(
    _ subject: Subject, _ change: ChangedInputs.Change, _ outputs: RepeatOutputs
  ) -> [String: Tensor] {
    let job = subject.jobs[0]
    var values = [RepeatGraphs.target: job.target.part(0)]
    for (name, tensor) in job.inputs { values[ScoringGraphs.label(name)] = tensor }
    values[ScoringGraphs.label(job.item.input.name)] = change.point
    if outputs.usesDifference { values[RepeatGraphs.difference] = change.difference }
    for kept in outputs.usedKept {
      values[kept.label] = subject.jobs[kept.item].kept[kept.index]
    }
    return values
  }

  /// The map of what was found.
  private func combined(_ job: RepeatJob, _ terms: [RepeatAccumulator]) throws -> MapPair {
    let place = job.item.place
    let key = Combined(method: place.method, layer: place.layer, input: place.input)
    let program = combinations.program(key) {
      let (terms, kept) = (terms.map(\.shape), job.kept.map(\.shape))
      return NetworkProgram(options: options, lane: lane) {
        [graphs, item = job.item, repetition = job.repetition] _ in
        try graphs.combination(item, repetition, terms: terms, kept: kept)
      }
    }
    var values: [String: Tensor] = [:]
    for (index, term) in terms.enumerated() { values["term \(index)"] = Tensor.stack([term.found]) }
    for (index, kept) in job.kept.enumerated() { values["kept \(index)"] = Tensor.stack([kept]) }
    let compiled = try program.compiled(for: 1)
    let outputs = try compiled.program.run(values)
    return compiled.results.pair(in: outputs)
  }
}
