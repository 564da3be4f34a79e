import SpectralData

extension SpectralDataset {
  /// The spectra with the values that a network was trained on.
  ///
  /// - Parameters:
  ///   - unit: What the network takes; nil when it does not say.
  ///   - note: Told when values are converted.
  /// - Returns: As many spectra.
  /// - Throws: `WorkflowError` when they hold something else, or may.
  func values(for unit: Ordinate?, note: (String) -> Void) throws -> SpectralDataset {
    let known = Set(ordinates.compactMap(\.self))
    guard let unit else {
      guard let down = known.first(where: \.pointsDown) else { return self }
      throw WorkflowError(
        .unsuitableInput,
        "holds \(down.title), and the network does not say what it was trained on; say it: "
          + "--ordinate absorbance converts transmittance, --ordinate \(down.rawValue.replacing(" ", with: "-")) takes the values "
          + "as they are")
    }
    if let other = known.first(where: { !$0.isConvertible(to: unit) }) {
      throw WorkflowError(
        .unsuitableInput,
        "holds \(other.title), but the network was trained on \(unit.title); give such spectra, or "
          + "say with --ordinate what the network takes")
    }
    guard known.contains(where: { $0 != unit }) else { return self }
    note(
      "\((known.first { $0 != unit } ?? unit).title) is converted to the network's \(unit.title)")
    return try converted(to: unit)
  }
}
