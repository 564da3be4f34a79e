public import Catalogs

/// All explanation methods; help, completion, tables and contract tests read it.
public enum MethodCatalog {
  /// The entries, the first being the default.
  public static let entries = Catalog<ExplanationMethod>(
    "method",
    [
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
      StageCAM.entry,
      CoarseToFineCAM.entry,
      ScoreCAM.entry,
      GroupCAM.entry,
      SmoothedScoreCAM.entry,
      IntegratedScoreCAM.entry,
      AblationCAM.entry,
      ReciproCAM.entry,
      EigenCAM.entry,
      InputGradient.entry,
      GradientTimesInput.entry,
      IntegratedGradients.entry,
      Occlusion.entry,
      RISE.entry,
      LIME.entry,
      KernelSHAP.entry,
      MeaningfulPerturbation.entry,
      ExtremalPerturbation.entry,
      CounterfactualMask.entry,
      DeepLIFT.entry,
      Deconvnet.entry,
      GuidedBackpropagation.entry,
      GuidedGradCAM.entry,
      SmoothGrad.entry,
      SquareGrad.entry,
      VarGrad.entry,
      GradientSHAP.entry,
      SmoothGradCAMPlusPlus.entry,
      IntegratedGradCAM.entry,
      LayerwiseRelevance.entry,
      ContrastiveRelevance.entry,
      SoftmaxGradientRelevance.entry,
    ],
    otherNames: [
      "input-x-gradient": "gradient-times-input", "deeplift": "deep-lift",
      "expected-gradients": "gradient-shap",
    ])

  /// The method with an id.
  ///
  /// - Parameter id: As listed by `vitrine methods`.
  /// - Returns: Its entry.
  /// - Throws: `ExplanationError` with the nearest ids when there is none.
  public static func method(_ id: String) throws(ExplanationError) -> ExplanationMethod {
    guard let method = entries[id] else {
      throw ExplanationError(.unknownMethod, entries.absence(of: id) + ".")
    }
    return method
  }
}
