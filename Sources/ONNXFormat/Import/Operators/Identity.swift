import TensorCore

extension ImportFamily {
  /// Operators that do nothing when a network is used rather than trained.
  static let identity = ImportFamily(
    "Identity",
    [
      ImportEntry("Identity", "the input itself") { (site) throws(ONNXError) in
        [try site.input(0)]
      },
      ImportEntry("Dropout", "the input itself; the mask is all ones", dropout),
    ])

  private static func dropout(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let isTraining = try site.number(2, "training_mode") ?? 0
    let ratio = isTraining == 0 ? 0 : try site.number(1, "ratio") ?? 0.5
    guard isTraining == 0 || ratio == 0 else {
      throw ONNXError(.outOfScope, "dropout in training mode is random; export for inference")
    }
    let mask = ImportedValue.known(HostTensor(shape: [], integers: [1], type: .bool))
    let isMaskUsed = site.isOutputUsed.count > 1 && site.isOutputUsed[1]
    return isMaskUsed ? [input, try site.broadcast(mask, to: input.shape)] : [input]
  }
}
