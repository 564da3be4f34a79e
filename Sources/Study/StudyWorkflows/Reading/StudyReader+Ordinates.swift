import SpectralData
import Workflows

extension StudyReader {
  /// The spectra with values of one kind.
  ///
  /// Absorbance and transmittance are computed from each other; other mixtures are refused.
  func ordinates(of dataset: SpectralDataset) throws -> SpectralDataset {
    let units = dataset.ordinates
    let known = Set(units.compactMap(\.self))
    let silent = units.count { $0 == nil }
    guard let wanted = source.ordinate ?? common(known) else {
      guard known.isEmpty else {
        let counts = known.map { unit in "\(unit.title) (\(units.count { $0 == unit }))" }.sorted()
        throw WorkflowError(
          .unsuitableInput,
          "\(name): spectra hold \(counts.joined(separator: ", ")), which cannot be studied together; "
            + "name files of one kind")
      }
      return dataset
    }
    if let other = known.first(where: { !$0.isConvertible(to: wanted) }) {
      throw WorkflowError(
        .unsuitableInput,
        "\(name): the files hold \(other.title), which cannot be made \(wanted.title)")
    }
    let changed = units.count { $0 != nil && $0 != wanted }
    if changed > 0 { note("\(changed) spectra are converted to \(wanted.title)") }
    if silent > 0, silent < units.count, source.ordinate == nil {
      note("\(silent) spectra do not say what their values are; they are taken for \(wanted.title)")
    }
    return try dataset.converted(to: wanted).saying(wanted)
  }

  /// The unit that all files can be brought to without anybody choosing.
  private func common(_ known: Set<Ordinate>) -> Ordinate? {
    if known.count < 2 { return known.first }
    let candidates: [Ordinate] = [.absorbance, .reflectance]
    return candidates.first { unit in known.allSatisfy { $0.isConvertible(to: unit) } }
  }
}
