import Catalogs

/// All explanation methods; help, completion, tables and contract tests read it.
public enum MethodCatalog {
  /// The entries, the first being the default.
  public static let entries: [ExplanationMethod] = [
    GradCAM.entry,
    HiResCAM.entry,
    OneDimensionalGradCAM.entry,
    CAM.entry,
    GradCAMPlusPlus.entry,
    GradCAMPlusPlusOfLibraries.entry,
    LayerCAM.entry,
    XGradCAM.entry,
    ElementwiseGradCAM.entry,
    RelevanceCAM.entry,
    RelevanceMap.entry,
    CoarseToFineCAM.entry,
    ScoreCAM.entry,
    GroupCAM.entry,
    InputGradient.entry,
    LayerwiseRelevance.entry,
    ContrastiveRelevance.entry,
    SoftmaxGradientRelevance.entry,
  ]

  /// The method with an id.
  ///
  /// - Parameter id: As listed by `vitrine methods`.
  /// - Returns: Its entry.
  /// - Throws: `ExplanationError` with the nearest ids when there is none.
  public static func method(_ id: String) throws(ExplanationError) -> ExplanationMethod {
    if let entry = entries.first(where: { $0.id == id }) { return entry }
    let ids = entries.map(\.id)
    throw ExplanationError(
      .unknownMethod,
      "there is no method \"\(id)\".\(Suggestions.sentence(for: id, among: ids)) There are "
        + ids.joined(separator: ", ") + ".")
  }
}

extension MethodParameter {
  /// Whether negative evidence is cut off at the end.
  static func rectified(default isRectified: Bool) -> MethodParameter {
    MethodParameter(
      "rectified", "whether evidence against the target is cut off (set to zero)",
      values: isRectified ? ["true", "false"] : ["false", "true"])
  }
}
