package import SpectralData

/// When the preparation of spectra is chosen inside the training spectra, instead of given.
public enum PreprocessingSearch: Sendable, Hashable {
  /// Never.
  case never
  /// Where a quantity is asked for: what removes differences of amount may remove the quantity.
  case ofQuantities
  /// Always.
  case always

  /// Whether it is chosen for a question.
  package func applies(to question: StudyData.Question) -> Bool {
    switch (self, question) {
    case (.never, _), (.ofQuantities, .classes): false
    case (.always, _), (.ofQuantities, .quantity): true
    }
  }

  /// What is chosen from: nothing, SNV, MSC, and first and second derivatives by Savitzky and Golay.
  package static var candidates: [PreprocessingPipeline] {
    [
      PreprocessingPipeline(), PreprocessingPipeline([StandardNormalVariate()]),
      PreprocessingPipeline([MultiplicativeScatterCorrection()]),
      PreprocessingPipeline([SavitzkyGolay(window: 11, order: 2, derivative: 1)]),
      PreprocessingPipeline([SavitzkyGolay(window: 11, order: 2, derivative: 2)]),
    ]
  }
}
