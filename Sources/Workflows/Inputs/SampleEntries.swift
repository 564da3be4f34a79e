import Explanations

/// Where samples come from, before anything is read.
enum SampleEntry: Sendable {
  /// A file for the input that is not given otherwise.
  case file(String)
  /// A row of a table: what every input is given.
  case row(Int, [String: String], label: String?)
  /// What every input is given, once.
  case given([String: String])

  /// What the entry is called in messages.
  var path: String {
    switch self {
    case .file(let path): path
    case .row(let index, _, _): "row \(index + 1)"
    case .given(let texts): texts.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", ")
    }
  }
}

/// The samples that a user names.
struct SampleEntries {
  let entries: [SampleEntry]

  /// The input that files are read for; nil where every input is given by name.
  let free: NetworkInput?

  /// What the other inputs are given for every file.
  let held: [String: String]

  /// The states that zeros are taken for.
  let fresh: [NetworkInput]

  /// Sorts what the user says.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - arguments: Files and folders, `name=file` and `name=numbers`.
  ///   - table: A table of samples.
  ///   - failure: Told of paths that are not there.
  /// - Throws: `WorkflowError` that lists the inputs when they do not fit.
  init(
    _ model: Model, _ arguments: [String], table: String?, failure: (InputFailure) -> Void
  ) throws {
    let given = try InputArguments(arguments, model)
    let zeros = given.freshStates(model)
    if let table {
      guard arguments.isEmpty else {
        throw WorkflowError(
          .invalidSetting, "--table says what all inputs are; leave \(arguments[0]) out")
      }
      let samples = try InputTable(table, model.inputs)
      entries = samples.rows.enumerated().map { index, row in
        .row(index, row, label: samples.labels[index])
      }
      (free, held) = (nil, [:])
      fresh = zeros.filter { state in !samples.rows.allSatisfy { $0[state.name] != nil } }
      return
    }
    let missing = given.missing(model)
    fresh = zeros
    if given.paths.isEmpty {
      guard missing.isEmpty else { throw Self.incomplete(model, missing) }
      (entries, free, held) = ([.given(given.assigned)], nil, [:])
      return
    }
    let isOne = missing.count == 1 || Self.areWhole(given.paths, model)
    guard isOne, let input = missing.first else { throw Self.incomplete(model, missing) }
    let files = InputFiles(kind: InputKind(input)).expanded(given.paths, failure: failure)
    (entries, free, held) = (files.map(SampleEntry.file), input, given.assigned)
  }

  /// Whether every path is an archive with an array for each input.
  private static func areWhole(_ paths: [String], _ model: Model) -> Bool {
    paths.allSatisfy { path in
      path.lowercased().hasSuffix(".npz") && (try? ArrayFile(path))?.holds(model.inputs) == true
    }
  }

  private static func incomplete(_ model: Model, _ missing: [NetworkInput]) -> WorkflowError {
    let inputs = model.inputs.summary
    guard !missing.isEmpty else {
      return WorkflowError(
        .unsuitableInput,
        "all inputs (\(inputs)) are given by name; leave the other files out, or use --table")
    }
    let example = model.inputs.map { input in
      input.name + "=" + (input.isRow ? "NUMBERS" : "FILE")
    }
    return WorkflowError(
      .unsuitableInput,
      "\(model.name) takes \(model.inputs.count) inputs, \(inputs), and "
        + "\(missing.map(\.name).joined(separator: ", ")) "
        + (missing.count == 1 ? "is" : "are") + " missing; give "
        + example.joined(separator: " ") + ", or a table of samples with --table")
  }
}
