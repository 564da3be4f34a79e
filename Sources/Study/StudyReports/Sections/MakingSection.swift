import Chemometrics
import Explanations
import NetworkTraining
import Reports
import SpectralData
import StudyEngine

/// How the study was made, what the words mean, and how to repeat it.
struct MakingSection {
  let facts: StudyFacts
  let commands: StudyCommands

  func section() -> ReportSection {
    ReportSection(
      "How this was made", [settings],
      parts: [
        .init("Again, and with new spectra", commandBlocks),
        .init("Words", [.statements(StudyGlossary(facts: facts).terms)]),
        .init("References", [.list(StudyReferences(facts: facts).texts)]),
      ])
  }

  private var settings: ReportBlock {
    let settings = facts.result.settings
    let training = settings.training
    let timings = facts.result.timings
    var rows = [
      ["Software", "Vitrine \(VitrineVersion.text)"],
      ["Network", type(of: settings.architecture).id],
      [
        "Training",
        "\(training.epochCount) epochs at most, batches of about \(training.batchSize), learning rate "
          + "\(Words.number(Double(training.learningRate), 2)), \(Self.name(training.optimizer))",
      ],
      ["Preprocessing", facts.preparation],
      ["Divisions", "\(facts.result.outcome.splits.count)"],
      ["Seed", "\(training.seed)"],
      ["Components of \(facts.partialLeastSquares)", components],
      ["Explanation method", facts.method],
      ["Known bands", facts.knownBands.isEmpty ? "none" : facts.knownBands],
      ["Tolerance of band matching", tolerance],
    ]
    rows.append([
      "Time",
      "validation \(Words.seconds(timings.validation)), final network "
        + "\(Words.seconds(timings.training)), evidence \(Words.seconds(timings.evidence))",
    ])
    return .table(
      ReportTable(
        "Settings of the study.", columns: [.init("Setting"), .init("Value")], rows: rows))
  }

  private var tolerance: String {
    let value = facts.result.settings.bandTolerance
    return value == 0
      ? "none: bands must overlap" : Words.number(value) + "\u{A0}" + facts.axis.unit.symbol
  }

  private static func name(_ optimizer: Optimizer) -> String {
    switch optimizer {
    case .momentum: "SGD with momentum"
    case .adam: "Adam"
    case .adamW: "AdamW"
    }
  }

  private var components: String {
    let counts = facts.result.outcome.componentCounts.sorted()
    guard let first = counts.first, let last = counts.last else { return "–" }
    let range =
      first == last ? "\(first)" : "\(first) to \(last), median \(counts[counts.count / 2])"
    return "\(range) (found on training spectra by inner cross-validation, at most "
      + "\(facts.result.settings.componentSearch.maximumCount))"
  }

  private var commandBlocks: [ReportBlock] {
    var blocks: [ReportBlock] = []
    if let study = commands.study {
      blocks += [.paragraph("This study was made by:"), .commands([study])]
    }
    blocks += [
      .paragraph("A new spectrum on the same axis is explained by the network that was kept:"),
      .commands(commands.models.map { "vitrine explain \($0) new.jdx" }),
      .paragraph(
        (commands.models.count == 1
          ? "Beside this page lie "
          : "Beside this page lie quantities.csv and a folder for each quantity with ")
          + "study.json (all numbers), samples.csv, splits.csv, bands.csv and "
          + "maps.csv (for spreadsheets), and the figures as SVG and PNG in figures/."),
    ]
    return blocks
  }
}

/// Commands that a report shows.
public struct StudyCommands: Sendable, Hashable {
  /// The command that made the study; nil when a program did.
  public var study: String?

  /// The files of the networks that were kept, as they are typed; one for each quantity.
  public var models: [String]

  /// Creates commands.
  ///
  /// - Parameters:
  ///   - study: The command that made the study; nil when a program did.
  ///   - models: The files of the networks that were kept, as they are typed.
  public init(study: String? = nil, models: [String] = ["model.onnx"]) {
    self.study = study
    self.models = models
  }
}
