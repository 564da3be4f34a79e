import Testing
import VitrineStudy

struct StudyDoorTests {
  /// Whatever a study is set with comes with the one import.
  @Test func `a study is set up through one import`() {
    var workflow = StudyWorkflow(source: StudySource(paths: ["spectra.csv"]))
    workflow.source.unit = .ramanShift
    workflow.settings.architecture = ThreeConvolutionNetwork()
    workflow.settings.training = TrainingSettings()
    workflow.settings.validation = .folds(KFoldSplits(foldCount: 5, seed: 1))
    workflow.settings.preprocessing = PreprocessingPipeline([])
    #expect(workflow.folder == "study")
  }
}
