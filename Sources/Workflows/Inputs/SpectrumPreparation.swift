import Explanations
public import SpectralData
import TensorCore

/// Turns files of spectra into inputs of a network with one axis of positions.
struct SpectrumPreparation: InputPreparation {
  let notes: [String]
  private let length: Int
  private let unit: AxisUnit?
  private let knownAxis: SpectralAxis?
  private let preprocessing: SpectralPreprocessing

  /// Takes what is known about the network and assumes the rest; `unit` is what the user says that
  /// positions are measured in.
  init(_ model: Model, unit: AxisUnit?) throws {
    let information = model.information
    guard model.inputShape[0] == 1 else {
      throw WorkflowError(
        .unsuitableInput, "the network takes \(model.inputShape[0]) channels; a spectrum has 1")
    }
    let modelUnit = try information.axisUnit.map(AxisUnit.init(option:))
    self.unit = unit ?? modelUnit
    let count = model.inputShape[1]
    let positions = information.axisPositions.flatMap { $0.count == count ? $0 : nil }
    knownAxis = try positions.map {
      try SpectralAxis(positions: $0, unit: unit ?? modelUnit ?? .index)
    }
    preprocessing = SpectralPreprocessing(
      normalization: try Self.normalization(information.preprocessing),
      columnMean: Self.column(information.mean, count),
      columnScale: Self.column(information.scale, count))
    length = count
    notes =
      information.preprocessing == nil
      ? ["spectra are used as they are; choose snv or min-max with --preprocess if need be"] : []
  }

  /// One value per position from one for all.
  private static func column(_ values: [Float]?, _ length: Int) -> [Float]? {
    values.map { $0.count == 1 ? Array(repeating: $0[0], count: length) : $0 }
  }

  private static func normalization(
    _ name: String?
  ) throws(WorkflowError) -> SpectralPreprocessing.Normalization {
    switch name?.lowercased() {
    case nil, "none": .none
    case "snv", "standard-normal-variate": .standardNormalVariate
    case "min-max", "minmax": .minMax
    case .some(let other):
      throw WorkflowError(
        .invalidSetting, "preprocessing \"\(other)\" is not none, snv or min-max")
    }
  }

  func inputs(in path: String) throws -> [PreparedInput] {
    let dataset = try SpectrumFormatCatalog.read(path)
    guard !dataset.rows.isEmpty else {
      throw WorkflowError(.unsuitableInput, "\(path): holds no spectrum")
    }
    guard dataset.axis.count == length else {
      throw WorkflowError(
        .unsuitableInput,
        "\(path): spectra of \(dataset.axis.count) points do not fit a network that takes "
          + "\(length); bring them to its axis first")
    }
    let axis = try axis(of: dataset, path)
    return try dataset.rows.indices.map { row in
      let values: [Float]
      do {
        values = try preprocessing.prepare(dataset.rows[row])
      } catch {
        throw WorkflowError(.unsuitableInput, "\(path): spectrum \(row): \(error)")
      }
      let spectrum = try Spectrum(
        axis: axis, intensities: dataset.rows[row], name: dataset.names?[row])
      return PreparedInput(
        path: path, row: row, tensor: Tensor(shape: [1, length], elements: values),
        display: .spectrum(spectrum))
    }
  }

  /// The axis of a file; the user's unit and the model's axis say what the file does not.
  private func axis(of dataset: SpectralDataset, _ path: String) throws -> SpectralAxis {
    let axis = dataset.axis
    if axis.unit == .index {
      let isCount = axis.positions.indices.allSatisfy {
        axis.positions[$0] == axis.positions[0] + Double($0) && axis.positions[0] <= 1
      }
      if let knownAxis, isCount { return knownAxis }
      guard let unit else { return axis }
      return try SpectralAxis(positions: axis.positions, unit: unit)
    }
    // "cm-1" alone does not tell an infrared wavenumber from a Raman shift.
    if let unit, unit == .ramanShift, axis.unit == .reciprocalCentimeter {
      return try SpectralAxis(positions: axis.positions, unit: unit)
    }
    guard let unit, unit != axis.unit else { return axis }
    throw WorkflowError(
      .unsuitableInput,
      "\(path): its header names \(axis.unit.label), but \(unit.label) was asked for")
  }
}

extension AxisUnit {
  /// Reads a unit as users write it: `cm-1`, `raman`, `nm`, `um` or `index`.
  ///
  /// - Throws: `WorkflowError` when it is none of them.
  public init(option: String) throws(WorkflowError) {
    if option.lowercased() == "index" {
      self = .index
      return
    }
    guard let unit = AxisUnit(named: option) ?? AxisUnit(rawValue: option) else {
      throw WorkflowError(
        .invalidSetting, "unit \"\(option)\" is not cm-1, raman, nm, um or index")
    }
    self = unit
  }
}
