import NetworkTraining
import SpectralData
import Workflows

extension FittedPreprocessingPipeline {
  /// Says which steps the file of a network cannot hold.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - reporter: Where notes go.
  func announceStepsOutside(of path: String, _ reporter: WorkflowReporter) {
    let steps = stepsWithoutGraph
    guard !steps.isEmpty else { return }
    reporter.note(
      "\(path) takes prepared spectra: ONNX has no form for \(steps.joined(separator: ", ")); Vitrine "
        + "prepares spectra by itself, for other programs prepare them alike")
  }
}
