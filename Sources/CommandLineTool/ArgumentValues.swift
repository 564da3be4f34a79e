public import ArgumentParser
public import Chemometrics
import Evaluation
import Explanations
import Figures
import GraphExecution
import ImageData
import SpectralData
import StudyWorkflows
import Workflows

// Values that help and shells list by their names.
extension FollowedScore: ExpressibleByArgument {}
extension EvaluationHalf: ExpressibleByArgument {}
extension ScoreForm: ExpressibleByArgument {}
extension Upsampling: ExpressibleByArgument {}
extension ProgramOptions.Precision: ExpressibleByArgument {}
extension ComparisonFigure.Division: ExpressibleByArgument {}
extension ExplainWorkflow.Format: ExpressibleByArgument {}
extension Interpolation: ExpressibleByArgument {}
extension PictureDecoding: ExpressibleByArgument {}
extension Material: ExpressibleByArgument {}
extension OutputSettings.Meaning: ExpressibleByArgument {}

/// What the values of spectra are, as `absorbance` or `percent-transmittance`.
struct OrdinateOption: ExpressibleByArgument {
  /// The kind of values.
  let ordinate: Ordinate

  init?(argument: String) {
    guard let ordinate = Ordinate(named: argument.replacing("-", with: " ")) else { return nil }
    self.ordinate = ordinate
  }

  static var allValueStrings: [String] {
    Ordinate.allCases.map { $0.rawValue.replacing(" ", with: "-") }
  }
}

/// Where the classes of spectra come from.
struct ClassOriginOption: ExpressibleByArgument {
  /// The origin.
  let origin: ClassOrigin

  init?(argument: String) {
    guard let origin = ClassOrigin(argument) else { return nil }
    self.origin = origin
  }
}

/// The wavelength of a laser on the command line.
enum LaserOption {
  /// The number, refused where no laser shines.
  static func checked(_ wavelength: Double) throws -> Double {
    guard (100...20_000).contains(wavelength) else {
      throw ValidationError("--laser is a wavelength in nm, such as 785, not \(wavelength).")
    }
    return wavelength
  }
}

/// Indices of classes, as `first:end`; either may be missing.
struct ClassRange: ExpressibleByArgument {
  /// The first index.
  let first: Int?

  /// The first index after the last.
  let end: Int?

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.contains(where: { !$0.isEmpty }) else { return nil }
    first = Int(parts[0])
    end = Int(parts[1])
    let isNumber = zip(parts, [first, end]).allSatisfy { $0.isEmpty || $1 != nil }
    guard isNumber else { return nil }
  }
}

/// A unit of positions, by its short name or any that files give it.
struct UnitOption: ExpressibleByArgument {
  /// The unit.
  let axisUnit: AxisUnit

  init?(argument: String) {
    guard let unit = try? AxisUnit(option: argument) else { return nil }
    axisUnit = unit
  }

  static var allValueStrings: [String] { AxisUnit.allCases.map(\.option) }
}

/// Colors of maps without negative values.
enum MapColors: String, CaseIterable, ExpressibleByArgument {
  case turbo, jet

  /// The colors.
  var colorMap: ColorMap {
    switch self {
    case .turbo: .turbo
    case .jet: .jet
    }
  }
}

/// The order of color channels, in either spelling.
enum ColorOrder: String, CaseIterable, ExpressibleByArgument {
  case rgb, bgr, gray, grey
}

/// What pixels run to before anything is subtracted.
enum PixelRange: String, CaseIterable, ExpressibleByArgument {
  case unit = "1"
  case byte = "255"
}

/// Values with commas between.
struct CommaSeparated<Value: ExpressibleByArgument & Sendable>: ExpressibleByArgument {
  /// The values, at least one.
  let values: [Value]

  init?(argument: String) {
    let parts = CommaList.parts([argument])
    values = parts.compactMap(Value.init(argument:))
    guard !values.isEmpty, values.count == parts.count else { return nil }
  }

  static var allValueStrings: [String] { Value.allValueStrings }
}
