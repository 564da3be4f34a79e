public import Catalogs

/// Settings of one random change that makes training spectra more varied; never done when a network is
/// used.
public protocol AugmentationStep: Hashable, Sendable, CustomStringConvertible {
  /// Changes training spectra.
  ///
  /// - Parameters:
  ///   - rows: One finite value per point, all of one length.
  ///   - targets: What the network is to answer, one row per spectrum (a one-hot class or numbers);
  ///     changed by steps that mix spectra.
  ///   - generator: Where chance comes from; the same seed gives the same spectra.
  func apply(
    to rows: inout [[Float]], targets: inout [[Float]],
    using generator: inout some RandomNumberGenerator)
}

/// A random change: what it is, what it takes, and how it is made.
public struct AugmentationEntry: CatalogEntry {
  /// The name in the text form, such as `noise`.
  public let id: String

  /// What it does, in one line.
  public let summary: String

  /// What it takes.
  public let parameters: [any ParameterDescription]

  /// Makes the settings.
  let make: @Sendable (Settings) -> any AugmentationStep
}

/// All random changes; help, parsing and contract tests read it.
public enum AugmentationCatalog {
  /// The entries.
  public static let entries = Catalog<AugmentationEntry>(
    "augmentation",
    [
      NoiseAugmentation.entry,
      ShiftAugmentation.entry,
      SlopeAugmentation.entry,
      MixtureAugmentation.entry,
    ])

  /// Reads one change, such as `noise(deviation=0.02)`.
  ///
  /// - Parameter text: An id, and its parameters in parentheses if any are to differ.
  /// - Returns: The settings.
  /// - Throws: `SpectrumError` saying what is wrong and what may be written.
  public static func parse(_ text: String) throws(SpectrumError) -> any AugmentationStep {
    let call = try StepCall(text)
    guard let entry = entries[call.id] else {
      throw SpectrumError(.unknownStep, entries.absence(of: call.id))
    }
    return entry.make(try call.settings(for: entry))
  }
}

/// Random changes in the order in which they are made.
public struct AugmentationPipeline: Sendable, CustomStringConvertible {
  /// The changes.
  public let steps: [any AugmentationStep]

  /// Puts changes one after the other.
  ///
  /// - Parameter steps: None at all leaves spectra as they are.
  public init(_ steps: [any AugmentationStep] = []) {
    self.steps = steps
  }

  /// Reads changes separated by commas or vertical bars, such as `noise,shift(points=3)`; `none` or
  /// nothing is no change.
  ///
  /// - Parameter text: The changes.
  /// - Throws: `SpectrumError` saying which change is wrong and what may be written.
  public init(parsing text: String) throws(SpectrumError) {
    var steps: [any AugmentationStep] = []
    if !["", "none"].contains(text.filter({ !$0.isWhitespace }).lowercased()) {
      for part in StepCall.split(text) { steps.append(try AugmentationCatalog.parse(part)) }
    }
    self.steps = steps
  }

  /// The text form; parsing it gives the same changes.
  public var description: String {
    steps.isEmpty ? "none" : steps.map(\.description).joined(separator: ",")
  }

  /// Changes training spectra.
  ///
  /// - Parameters:
  ///   - rows: One finite value per point, all of one length.
  ///   - targets: What the network is to answer, one row per spectrum.
  ///   - generator: Where chance comes from.
  public func apply(
    to rows: inout [[Float]], targets: inout [[Float]],
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(rows.count == targets.count, "each spectrum needs its target")
    for step in steps { step.apply(to: &rows, targets: &targets, using: &generator) }
  }
}
