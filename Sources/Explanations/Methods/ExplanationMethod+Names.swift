/// Methods that other targets choose without asking the catalog.
extension ExplanationMethod {
  package static var gradCAM: ExplanationMethod { GradCAM.entry }
  package static var oneDimensionalGradCAM: ExplanationMethod { OneDimensionalGradCAM.entry }
  package static var integratedGradients: ExplanationMethod { IntegratedGradients.entry }
  package static var relevanceCAM: ExplanationMethod { RelevanceCAM.entry }
  package static var relevanceMap: ExplanationMethod { RelevanceMap.entry }
  package static var layerwiseRelevance: ExplanationMethod { LayerwiseRelevance.entry }
}
