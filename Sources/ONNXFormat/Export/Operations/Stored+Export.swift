import GraphIR

extension Input: ExportableOperation {
  /// An input of the model.
  func export(_ site: ExportSite) -> ExportedValue {
    site.draft.input(label: label, shape: shape)
  }
}

extension Constant: ExportableOperation {
  /// An initializer.
  func export(_ site: ExportSite) -> ExportedValue {
    site.draft.weights(tensor)
  }
}
