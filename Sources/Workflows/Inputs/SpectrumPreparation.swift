import Explanations
import Foundation
import SpectralData
import TensorCore

/// Turns files of spectra into inputs of a network with one axis of positions.
///
/// Spectra are brought to the axis of the training spectra, then prepared as these were.
struct SpectrumPreparation: InputPreparation {
  let notes: [String]
  let record: PreparationRecord
  private let length: Int
  private let trainingAxis: TrainingAxis
  private let ordinate: Ordinate?
  private let preprocessing: StoredPreprocessing

  /// Takes what is known about the network and assumes the rest; `unit` is what the user says that
  /// positions of files are measured in.
  ///
  /// - Throws: `WorkflowError` when what the network says about spectra is wrong.
  init(_ model: Model, _ input: NetworkInput, unit: AxisUnit?) throws {
    let information = model.information
    length = input.shape[1]
    preprocessing = try StoredPreprocessing(information, length: length)
    let modelUnit = try information.axisUnit.map(AxisUnit.init(option:))
    let stored = try information.axisPositions.map {
      try SpectralAxis(positions: $0, unit: modelUnit ?? .index)
    }
    var notes: [String] = []
    if information.preprocessing == nil, information.preprocessingSteps == nil {
      notes.append(
        "spectra are used as they are; choose steps with --preprocess if need be, such as snv")
    }
    var known = stored
    if let stored, preprocessing.pointCount(on: stored) != length {
      known = nil
      notes.append(
        "the network names an axis of \(stored.count) positions, which does not fit its \(length) "
          + "points; it is left aside")
    }
    trainingAxis = TrainingAxis(
      known, given: unit, assumed: modelUnit, laser: information.laserWavelength)
    ordinate = information.ordinate.flatMap(Ordinate.init(named:))
    self.notes = notes + [information.findings].compactMap(\.self) + information.remarks
    record = Self.record(information, unit)
  }

  private static func record(
    _ information: ModelInformation, _ unit: AxisUnit?
  ) -> PreparationRecord {
    func origin(_ entry: ModelInformation.Entry) -> InformationOrigin {
      information.known.contains(entry) ? information.origins[entry] ?? .option : .assumed
    }
    let steps = information.preprocessing ?? information.preprocessingSteps ?? "none"
    let unitText = unit.map(\.option) ?? information.axisUnit
    return PreparationRecord([
      .init("preprocessing", steps, origin(.preprocessing)),
      .init("axis unit", unitText ?? "that of the file", unit == nil ? origin(.axisUnit) : .option),
    ])
  }

  /// The spectra in a file, which are prepared when they are asked for; the first of each axis at once,
  /// which tells whether they fit.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - note: Told what is done to its contents that users should know.
  /// - Returns: At least one input.
  /// - Throws: An error that names the file when it cannot be used.
  func deferred(
    in path: String, note: @escaping @Sendable (String) -> Void
  ) throws -> Deferred<PreparedInput> {
    var parts: [Deferred<PreparedInput>] = []
    for part in try SpectrumFormatCatalog.readAll(path) {
      part.notes.forEach(note)
      let first = parts.reduce(0) { $0 + $1.count }
      parts.append(try deferred(part, path, firstRow: first, note: note))
    }
    return Deferred(joining: parts)
  }

  /// The inputs of rows without an axis.
  ///
  /// - Parameters:
  ///   - rows: Spectra as they were measured.
  ///   - path: The file that they are from.
  ///   - note: Told what is done to them that users should know.
  /// - Returns: One for each row.
  /// - Throws: `WorkflowError` naming the file when they do not fit.
  func deferred(
    _ rows: [[Float]], _ path: String, note: @escaping @Sendable (String) -> Void
  ) throws -> Deferred<PreparedInput> {
    let dataset: SpectralDataset
    do {
      dataset = try SpectralDataset(
        axis: SpectralAxis(indexCount: rows.first?.count ?? 0), rows: rows)
    } catch {
      throw WorkflowError(.unsuitableInput, "\(path): \(error)")
    }
    return try deferred(dataset, path, firstRow: rows.count == 1 ? nil : 0, note: note)
  }

  /// The inputs of one data set; its rows are counted on from those before it in the file, if at all.
  private func deferred(
    _ dataset: SpectralDataset, _ path: String, firstRow: Int?,
    note: @escaping @Sendable (String) -> Void
  ) throws -> Deferred<PreparedInput> {
    let (labels, places) = (dataset.labels, dataset.places)
    let inputs = Deferred(count: dataset.rows.count) { rows in
      do {
        return try self.inputs(dataset.selecting(Array(rows)), note).enumerated().map {
          index, input in
          PreparedInput(
            path: path, row: firstRow.map { $0 + rows.lowerBound + index },
            tensor: input.tensor, display: .spectrum(input.shown),
            label: labels?[rows.lowerBound + index], place: places?[rows.lowerBound + index])
        }
      } catch {
        throw WorkflowError(.unsuitableInput, "\(path): \(error)")
      }
    }
    _ = try inputs.elements(0..<min(1, inputs.count))
    return inputs
  }

  /// What the network receives of spectra, and what figures show of them.
  private func inputs(
    _ dataset: SpectralDataset, _ note: (String) -> Void
  ) throws -> [(tensor: Tensor, shown: Spectrum)] {
    let measured = try trainingAxis.brought(
      dataset.values(for: ordinate, note: note), note: note)
    let fitted = try preprocessing.fitted(on: measured.axis)
    let axis = try fitted.axis(after: measured.axis)
    guard axis.count == length else {
      let change = axis.count == measured.axis.count ? "" : ", \(axis.count) after preprocessing,"
      throw WorkflowError(
        .unsuitableInput,
        "spectra of \(measured.axis.count) points\(change) do not fit a network that takes "
          + "\(length); bring them to its axis first")
    }
    let rows = try fitted.apply(to: measured.rows, on: measured.axis)
    let shown = try measured.interpolated(to: axis)
    return try rows.indices.map { row in
      (Tensor(shape: [1, length], elements: rows[row]), try shown.spectrum(row))
    }
  }
}

/// How a network wants spectra to be prepared: steps with what they learned, or steps as text.
private struct StoredPreprocessing: Sendable {
  private let steps: FittedPreprocessingPipeline?
  private let settings: PreprocessingPipeline

  /// What is done at each position at the end, in the words of pictures: mean and scale.
  private let columns: FittedAutoscaling?

  init(_ information: ModelInformation, length: Int) throws {
    do {
      steps = try information.preprocessingSteps.map {
        try FittedPreprocessingPipeline(json: Data($0.utf8))
      }
      settings = try PreprocessingPipeline(
        parsing: steps == nil ? information.preprocessing ?? "" : "")
      try settings.requireNothingToLearn()
    } catch {
      throw WorkflowError(.invalidSetting, "preprocessing of spectra: \(error)")
    }
    func column(_ values: [Float]?, _ standard: Double) -> [Double] {
      guard let values else { return Array(repeating: standard, count: length) }
      return values.count == 1
        ? Array(repeating: Double(values[0]), count: length) : values.map(Double.init)
    }
    let (mean, scale) = (information.mean, information.scale)
    let isNeutral = (mean ?? [0]).allSatisfy { $0 == 0 } && (scale ?? [1]).allSatisfy { $0 == 1 }
    columns =
      isNeutral ? nil : FittedAutoscaling(mean: column(mean, 0), scale: column(scale, 1))
    do {
      try columns?.check()
    } catch {
      throw WorkflowError(.invalidSetting, "mean and scale of spectra: \(error)")
    }
  }

  /// How many points prepared spectra have; nil when the steps do not fit the axis.
  func pointCount(on axis: SpectralAxis) -> Int? {
    try? fitted(on: axis).axis(after: axis).count
  }

  /// The steps for spectra on an axis.
  func fitted(on axis: SpectralAxis) throws -> FittedPreprocessingPipeline {
    let fitted = try steps ?? settings.fitted(on: axis)
    return columns.map { FittedPreprocessingPipeline(fitted.steps + [$0]) } ?? fitted
  }
}
