import Evaluation
import ExplanationQuality
import Explanations
import Figures
import GraphExecution
import Reports

/// How an evaluation was made.
struct EvaluationMethodsSection {
  let telling: EvaluationTelling

  var section: ReportSection {
    let identity = telling.setting.identity
    let record = telling.record
    let passes = record.samples.reduce(0) { $0 + $1.passCount }
    let seconds = record.samples.reduce(0) { $0 + $1.seconds }
    return ReportSection(
      "How it was measured",
      [
        .statements([
          ReportStatement("Inputs", inputs),
          ReportStatement("What is explained", subject),
          ReportStatement(
            "What is followed",
            "\(telling.scoreLabel) of what is explained, fixed on the whole input."),
          ReportStatement(
            "Order",
            "Positions by descending signed value; equal values in a random order that is the same for all maps "
              + "of an input. Maps are brought to the input by \(identity.upsampling)."),
          ReportStatement(
            "Intervals",
            "95 % of the mean over inputs: bias-corrected and accelerated bootstrap, 2,000 draws. Differences are "
              + "paired by input. p are of sign flips of the largest of all primary differences."),
          controls,
          ReportStatement(
            "Run",
            "\(passes) masked inputs in \(NumberText.short(seconds)) seconds of lanes, "
              + "\(identity.precision), seed \(identity.seed), model SHA-256 "
              + "\(identity.modelDigest.prefix(16))…, vitrine \(VitrineVersion.text), oneDNN "
              + "\(Program.libraryVersion)."),
        ])
      ])
  }

  private var controls: ReportStatement {
    let blind = ControlCatalog.entries.filter { control in
      telling.record.controls.contains { $0.control == .blind && $0.method == control.id }
    }
    return ReportStatement(
      "Controls", "Maps that know nothing of the network, or of the input.",
      points: blind.map { "\($0.title): \($0.summary)" } + [
        "Sum of activations: the layer's channels added up, whatever the class.",
        "Of another input: the same method's map of the input before, for its own class; of another class where "
          + "there was one.",
      ])
  }

  private var inputs: String {
    switch telling.half {
    case nil:
      "All that were given. Methods and settings that were found on them are not judged by them: --split tune "
        + "and --split test part inputs by what they hold."
    case .tune?: "The half for trying methods and settings, by what inputs hold."
    case .test?:
      "The half for judging once, by what inputs hold; nothing may have been tried on it."
    }
  }

  private var subject: String {
    switch telling.setting.subject {
    case .top?: "The class with the highest score of each input."
    case .label?: "The class that the input is said to be of; inputs taken for others are left out."
    case .truth?:
      "Of what truth marks in each input, the thing whose class the network prefers."
    case nil: telling.setting.title
    }
  }
}
