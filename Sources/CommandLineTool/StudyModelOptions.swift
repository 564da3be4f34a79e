import ArgumentParser
import Chemometrics
import Explanations
import StudyEngine

/// What stands beside the network, and how much is done at a time.
struct StudyModelOptions: ParsableArguments {
  @Option(help: "Components of PLS at most; their number is found on training spectra.")
  var maxComponents = 20

  @Option(
    help: """
      Networks that are trained from different starts on each division; the mean of what they say, \
      as one network, is judged, explained and kept.
      """)
  var starts = 1

  @Option(help: "Trainings at a time, each on one thread; as many as processors if not given.")
  var jobs: Int?

  func validate() throws {
    guard (1...1000).contains(maxComponents) else {
      throw ValidationError("--max-components must lie in 1…1000.")
    }
    guard (1...100).contains(starts) else {
      throw ValidationError("--starts must lie in 1…100.")
    }
    guard jobs.map({ (1...256).contains($0) }) ?? true else {
      throw ValidationError("--jobs must lie in 1…256.")
    }
  }
}

/// Where the evidence is looked for.
struct StudyEvidenceOptions: ParsableArguments {
  @Option(
    help: "Method whose maps are followed over all divisions; vitrine methods lists them.",
    completion: MethodChoice.completion)
  var method = "integrated-gradients"

  @Option(
    help: """
      What the samples are made of; several with commas. Bands are matched with those that the literature \
      knows of these, with none if not given.
      """)
  var material: CommaSeparated<Material>?

  @Option(help: "Table of known bands of your own to match with (CSV).")
  var bands: String?

  @Option(help: "How far bands may lie apart and still match, in units of the axis.")
  var bandTolerance = 0.0

  @Option(help: "From which share of a map's maximum on a stretch counts as a band.")
  var bandThreshold = 0.25

  /// Takes these over.
  func apply(to settings: inout StudySettings) throws {
    let chosen = try MethodCatalog.method(method)
    guard bandTolerance >= 0, bandThreshold > 0, bandThreshold <= 1 else {
      throw ValidationError("--band-tolerance is 0 or more, --band-threshold lies in 0…1.")
    }
    settings.method = chosen
    settings.furtherMethods.removeAll { $0.id == chosen.id }
    settings.materials = material?.values ?? []
    settings.bandTolerance = bandTolerance
    settings.activeBands.threshold = .fractionOfMaximum(bandThreshold)
  }
}
