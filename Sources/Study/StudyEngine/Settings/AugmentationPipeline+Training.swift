package import NetworkTraining
package import SpectralData

extension AugmentationPipeline {
  /// What trainings do to one spectrum at a time; nil for nothing.
  package var ofSpectra: Trainer.Augmentation? {
    guard !steps.isEmpty else { return nil }
    return { row, generator in
      var (rows, targets): ([[Float]], [[Float]]) = ([row], [[]])
      apply(to: &rows, targets: &targets, using: &generator)
      row = rows[0]
    }
  }
}
