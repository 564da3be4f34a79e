import Explanations
import SpectralData
import TensorCore

/// Reads what one input of a network is given: files of its kind, arrays, or numbers.
struct InputReader: Sendable {
  let input: NetworkInput
  let kind: InputKind

  private let arrays: ArrayPreparation
  private let pictures: PicturePreparation?
  private let spectra: SpectrumPreparation?

  /// Prepares for an input.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - input: The input of it.
  ///   - settings: What the user says about inputs.
  /// - Throws: `WorkflowError` when what is known about the network is wrong.
  init(_ model: Model, _ input: NetworkInput, _ settings: InputSettings) throws {
    self.input = input
    kind = InputKind(input)
    arrays = try ArrayPreparation(input, channels: settings.shownChannels)
    pictures = kind == .picture ? try PicturePreparation(model, input) : nil
    spectra =
      kind == .spectrum ? try SpectrumPreparation(model, input, unit: settings.unit) : nil
  }

  /// What is assumed about files that are no arrays.
  func notes(for paths: [String]) -> [String] {
    preparation(for: paths)?.notes ?? []
  }

  /// What makes results of such files doubtful.
  func warnings(for paths: [String]) -> [String] {
    preparation(for: paths)?.warnings ?? []
  }

  /// How such files are prepared, and who said so; nil where they are taken as they are.
  func record(for paths: [String]) -> PreparationRecord? {
    preparation(for: paths)?.record
  }

  /// What prepares files; nothing where all are arrays and numbers.
  private func preparation(for paths: [String]) -> (any InputPreparation)? {
    let isPrepared = { (path: String) in
      kind == .spectrum || !Self.isArray(path) && PathKind(path) != nil
    }
    guard paths.contains(where: isPrepared) else { return nil }
    if let pictures { return pictures }
    return spectra
  }

  /// The inputs in a file, which are prepared when they are asked for where they are spectra.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - note: Told what is done to its contents that users should know.
  /// - Returns: At least one input.
  /// - Throws: An error that names the file when it cannot be used.
  func deferred(
    in path: String, note: @escaping @Sendable (String) -> Void
  ) throws -> Deferred<PreparedInput> {
    guard let spectra else { return Deferred(try inputs(in: path, note: note)) }
    if Self.suffix(path) == "npy", let array = try? ArrayFile(path).array(for: input),
      let rows = try? ArrayFitting(input: input).samples(array, note: { _ in })
    {
      return try spectra.deferred(rows.map(\.elements), path, note: note)
    }
    return try spectra.deferred(in: path, note: note)
  }

  /// The inputs in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - note: Told what is done to its contents that users should know.
  /// - Returns: At least one input.
  /// - Throws: An error that names the file when it cannot be used.
  func inputs(in path: String, note: @escaping @Sendable (String) -> Void) throws -> [PreparedInput]
  {
    if spectra != nil {
      return try deferred(in: path, note: note).all
    }
    if Self.isArray(path) { return try arrays.inputs(in: path, note: note) }
    if kind == .bands { return try arrays.inputs(inRaster: path, note: note) }
    if kind == .row { return try RowFile(path, input).inputs }
    if let pictures { return try pictures.inputs(in: path, note: note) }
    throw mismatch(path)
  }

  /// The input that a text stands for: numbers, or the only one in a file.
  ///
  /// - Throws: An error that names the text when it cannot be used.
  func inputs(
    _ text: String, note: @escaping @Sendable (String) -> Void
  ) throws -> [PreparedInput] {
    guard PathKind(text) == nil else { return try inputs(in: text, note: note) }
    guard let constant = try ConstantInput(text, for: input) else {
      throw WorkflowError(
        .unreadable, "\(input.name)=\(text): no such file, and not numbers, zeros or ones")
    }
    return try arrays.inputs([constant.tensor(for: input)], path: text)
  }

  /// What is wrong with a file of another kind.
  func mismatch(_ path: String) -> WorkflowError {
    let name = kind == .picture || kind == .spectrum ? "" : " for \(input)"
    return WorkflowError(
      .unsuitableInput, "\(path): cannot be read; the network takes \(kind.plural)\(name)")
  }

  /// Whether the end of a name says that the file is of another kind.
  func isOther(_ path: String) -> Bool {
    let suffix = Self.suffix(path)
    let known = InputKind.allCases.reduce(into: Set<String>()) { $0.formUnion($1.suffixes) }
    return known.contains(suffix) && !kind.suffixes.contains(suffix)
  }

  private static func isArray(_ path: String) -> Bool {
    InputKind.arraySuffixes.contains(suffix(path))
  }

  /// What a name ends in, in small letters.
  private static func suffix(_ path: String) -> String {
    path.split(separator: ".").last.map { $0.lowercased() } ?? ""
  }
}

/// What the user says about inputs.
struct InputSettings: Sendable {
  /// What positions of spectra are measured in, where their files do not say.
  var unit: AxisUnit?

  /// The channels that pictures of many show, from 1.
  var shownChannels: [Int]?
}
