import Explanations
import SpectralData
import TensorCore

/// What is told of one explained spectrum besides its numbers.
struct SpectrumRecord: Sendable {
  /// What is explained of it.
  struct Subject: Sendable {
    let title: String
    let classIndex: Int?
    let score: Float
    let probability: Float?
  }

  let path: String
  let row: Int?
  let name: String?
  let label: String?
  let place: MapPlace?

  /// The raw scores, and what they stand for where they are probabilities.
  let scores: [Float]
  let probabilities: [Float]?

  /// What is explained, one for each item of the plan.
  let subjects: [Subject]

  init(_ explained: ExplainedSample) {
    let (input, sample) = (explained.input, explained.sample)
    (path, row, name) = (input.path, input.row, input.spectrumName)
    (label, place, scores) = (input.label, input.main.place, sample.scores)
    probabilities = sample.explanations.first?.probabilities
    subjects = sample.explanations.map {
      Subject(
        title: $0.targetTitle, classIndex: $0.classIndex, score: $0.explainedScore,
        probability: $0.probability)
    }
  }
}

/// Explained spectra on one axis: what is told of each, and their numbers in files.
struct SummaryMaterial: Sendable {
  /// The positions.
  let axis: SpectralAxis

  /// The spectra as measured, and as the network received them.
  let spectra: RowSpool
  let inputs: RowSpool

  /// Their maps, for each item of the plan.
  let maps: [RowSpool]

  /// The explanations of the first spectrum, which say what all have in common.
  let first: [Explanation]

  /// What is told of each.
  private(set) var records: [SpectrumRecord] = []

  /// How long the first and the last of them took.
  private(set) var timings: (first: Provenance.Timings, last: Provenance.Timings)

  /// Makes place for spectra like the first one.
  ///
  /// - Throws: `WorkflowError` when the folder cannot be written.
  init(
    _ sample: ExplainedSample, on axis: SpectralAxis, in folder: OutputFolder
  ) throws(WorkflowError) {
    self.axis = axis
    first = sample.sample.explanations
    timings = (sample.timings, sample.timings)
    spectra = try RowSpool(in: folder, columnCount: axis.count)
    inputs = try RowSpool(
      in: folder, columnCount: sample.input.main.tensor.shape.elementCount)
    var maps: [RowSpool] = []
    for _ in first { maps.append(try RowSpool(in: folder, columnCount: axis.count)) }
    self.maps = maps
  }

  /// Adds spectra.
  ///
  /// - Throws: `WorkflowError` when the disk is full.
  mutating func add(_ samples: [ExplainedSample]) throws(WorkflowError) {
    guard let last = samples.last else { return }
    records += samples.map(SpectrumRecord.init)
    timings.last = last.timings
    try spectra.append(samples.map(\.input.intensities))
    try inputs.append(samples.map(\.input.main.tensor.elements))
    for (item, spool) in maps.enumerated() {
      try spool.append(samples.map { $0.sample.explanations[item].aligned.elements })
    }
  }
}

extension [SummaryMaterial] {
  /// Adds spectra to those on the same axis.
  ///
  /// - Throws: `WorkflowError` when the folder cannot be written.
  mutating func add(
    _ samples: [ExplainedSample], in folder: OutputFolder
  ) throws(WorkflowError) {
    var rest = samples[...]
    while let first = rest.first {
      guard let axis = first.input.axis else { return }
      let part = rest.prefix { $0.input.axis == axis }
      rest = rest.dropFirst(part.count)
      if !contains(where: { $0.axis == axis }) {
        append(try SummaryMaterial(first, on: axis, in: folder))
      }
      for index in indices where self[index].axis == axis {
        try self[index].add([ExplainedSample](part))
      }
    }
  }
}
