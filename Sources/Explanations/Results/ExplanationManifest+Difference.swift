extension ExplanationManifest {
  /// What of the settings differs from those of another explanation, in words; nil when both were made
  /// alike.
  ///
  /// Scores, timings and versions do not count: they follow from the settings, or change by themselves.
  package func difference(from other: ExplanationManifest) -> String? {
    func text(_ settings: [String: String]) -> String {
      settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }
    func text(_ entries: [PreparationRecord.Entry]) -> String {
      entries.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }
    let settings: [(name: String, own: String, other: String)] = [
      ("input", input, other.input),
      ("row", "\(inputRow ?? 0)", "\(other.inputRow ?? 0)"),
      ("network", provenance.modelSHA256, other.provenance.modelSHA256),
      ("method", method, other.method),
      ("settings", text(self.settings), text(other.settings)),
      ("layer", layer?.name ?? "input", other.layer?.name ?? "input"),
      ("target", target, other.target),
      ("score", scoreForm.rawValue, other.scoreForm.rawValue),
      ("upsampling", upsampling.rawValue, other.upsampling.rawValue),
      ("precision", provenance.precision, other.provenance.precision),
      ("preprocessing", text(preprocessing), text(other.preprocessing)),
    ]
    return settings.first { $0.own != $0.other }.map { "\($0.name) \($0.other), not \($0.own)" }
  }
}
