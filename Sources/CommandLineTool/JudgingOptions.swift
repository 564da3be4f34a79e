import ArgumentParser
import Catalogs
import Evaluation
import EvaluationWorkflows
import ExplanationQuality

/// What maps are judged by.
struct JudgingOptions: ParsableArguments {
  @Option(
    help: """
      Where things are: boxes (CSV, COCO JSON, VOC XML, YOLO), masks (PNG), or bands of spectra (CSV).
      """,
    completion: .file())
  var truth: String?

  @Option(
    parsing: .singleValue,
    help: """
      Metrics of "vitrine metrics", with commas or repeated, settings after colons \
      (deletion:fill=zero); "default" for the usual ones, "all" for each that suits.
      """,
    completion: .list(MetricCatalog.entries.ids))
  var metrics: [String] = []

  @Option(help: "The method that others are compared with; the first by default.")
  var reference: String?

  @Option(
    help: """
      What of the network's answer is followed: its probability, the logarithm of its odds (which does not \
      saturate), or the raw number. Probabilities where the network's file vouches for some.
      """)
  var follow: FollowedScore?

  @Flag(inversion: .prefixedNo, help: "Judge maps that know nothing of the network too.")
  var controls = true

  @Option(help: "End once primary differences are known to ± so many points (hundredths).")
  var until: Double?

  @Option(
    help: """
      Judge one half of the inputs, by what they hold: find methods and settings on "tune", judge them once on \
      "test".
      """)
  var split: EvaluationHalf?

  @Option(help: "Judge at most so many inputs.")
  var limit: Int?

  @Option(help: "Where random numbers start, of metrics, controls and methods.")
  var seed: UInt64 = 0

  @Option(help: "Widens known bands on both sides, in the unit of the axis.")
  var bandTolerance = 0.0

  @Option(
    help: "Points of a spectrum that are hidden together; 2 % of the axis by default.")
  var bandWidth: Int?

  func validate() throws {
    if let until, !(until > 0) { throw ValidationError("--until must be above 0.") }
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    if let bandWidth, bandWidth < 1 { throw ValidationError("--band-width must be at least 1.") }
    if !(bandTolerance >= 0) || !bandTolerance.isFinite {
      throw ValidationError("--band-tolerance must be at least 0.")
    }
  }

  /// What is explained where the target is `top`, `label` or `truth`, which is then taken out of the list.
  func subject(_ targets: inout [String]) -> EvaluateWorkflow.Subject? {
    guard targets.count == 1, let subject = EvaluateWorkflow.Subject(rawValue: targets[0]) else {
      return nil
    }
    targets = []
    return subject
  }

  /// Says what maps of a workflow are judged by.
  func apply(to workflow: inout EvaluateWorkflow) throws {
    workflow.truth = truth
    workflow.reference = reference
    workflow.scale = follow
    workflow.usesControls = controls
    workflow.until = until
    workflow.half = split
    workflow.limit = limit
    workflow.seed = seed
    workflow.bandTolerance = bandTolerance
    workflow.bandWidth = bandWidth
    let texts = CommaList.parts(metrics)
    workflow.takesAllMetrics = texts == ["all"]
    if texts != ["all"], texts != ["default"] { workflow.metrics = try ChosenMetric.list(texts) }
  }
}
