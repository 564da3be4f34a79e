import ArgumentParser
import Workflows

/// What a network is given: the arguments and options that predicting, explaining and comparing
/// share.
struct SampleOptions: ParsableArguments {
  @Argument(
    help: """
      Pictures, files of spectra (CSV, JCAMP-DX, SPC, npz…), arrays (npy, npz), or folders of them; \
      of several inputs NAME=FILE, NAME=0.2,1,0, NAME=zeros or NAME=ones for each.
      """,
    completion: .file())
  var inputs: [String] = []

  @Option(
    help: """
      A table instead (CSV): a row for each sample, a column for each input with files or numbers, \
      and perhaps a column label.
      """,
    completion: .file(extensions: ["csv", "tsv"]))
  var table: String?

  func validate() throws {
    if inputs.isEmpty, table == nil {
      throw ValidationError("Missing expected argument '<inputs> ...' (or --table)")
    }
  }

  /// Says what samples a request is about.
  func apply(to request: inout ExplanationRequest) {
    request.inputs = inputs
    request.table = table
  }
}

/// Which inputs maps lie on, and what figures show of them: the options that explaining and comparing
/// share.
struct MapInputOptions: ParsableArguments {
  @Option(
    name: .customLong("map-input"), parsing: .singleValue,
    help: "The input that maps lie on, of several; can be repeated. All but states by default.")
  var mapInput: [String] = []

  @Option(
    name: .customLong("show-channels"),
    help: "Channels of arrays that figures show: one, or three as red, green and blue, from 1.")
  var showChannels: String?

  /// Says where the maps of a request lie.
  func apply(to request: inout ExplanationRequest) throws {
    request.mapInputs = mapInput
    guard let showChannels else { return }
    let parts = showChannels.split(separator: ",")
    let channels = parts.compactMap { Int($0) }
    guard channels.count == parts.count, channels.count == 1 || channels.count == 3 else {
      throw ValidationError("--show-channels takes one channel or three, such as 4,3,2.")
    }
    request.shownChannels = channels
  }
}
