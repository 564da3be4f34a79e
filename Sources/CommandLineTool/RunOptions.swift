import ArgumentParser
import Figures
import GraphExecution
import Workflows

/// How maps are computed and colored: the options that explaining and comparing share.
struct RunOptions: ParsableArguments {
  @Option(help: "Colors of maps without negative values.")
  var colors = MapColors.turbo

  @Option(help: "Inputs that run at once; chosen by their size if not given.")
  var batch: Int?

  @Option(
    help: """
      Numbers that convolutions compute with; direct-float32 does without Winograd's algorithm: it \
      rounds less, needs less memory, and is slower.
      """)
  var precision = ProgramOptions.Precision.float32

  @Flag(help: "Replace files that other settings made.")
  var force = false

  /// Says how the maps of a request are computed and colored.
  func apply(to request: inout ExplanationRequest) {
    request.colorMap = colors.colorMap
    request.batch = batch
    request.precision = precision
  }

  func validate() throws {
    if let batch, !(1...4096).contains(batch) {
      throw ValidationError("--batch must lie in 1…4096.")
    }
  }
}
