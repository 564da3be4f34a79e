import TensorCore

/// Spectra to be trained on, varied at random and scaled.
struct SpectrumSamples: TrainingSamples {
  let data: TrainingData
  let scaling: FittedInputScaling
  let targetScaling: TargetScaling

  /// What stands beside the layers; the targets of the data are what it leaves over.
  let linearPath: LinearPath?

  let augmentation: Trainer.Augmentation?

  var sampleShape: Shape { [1, data.pointCount] }

  var count: Int { data.rows.count }

  var identity: String {
    var sum = NumberChecksum()
    for row in data.rows { sum.add(row) }
    return sum.text
  }

  func append(
    _ place: SamplePlace, to numbers: inout [Float], target: inout ArraySlice<Float>,
    using generator: inout SplitMix64
  ) throws {
    guard let augmentation else {
      numbers += scaling.apply(data.rows[place.index])
      return
    }
    var row = data.rows[place.index]
    augmentation(&row, &generator)
    guard row.count == data.pointCount else {
      throw LearningError(
        .invalidSetting, "augmentation changed \(data.pointCount) points to \(row.count)")
    }
    numbers += scaling.apply(row)
    correct(&target, for: row, of: data.rows[place.index])
  }

  /// Takes from the targets of a spectrum what the linear path says more of it since it was varied.
  private func correct(_ target: inout ArraySlice<Float>, for varied: [Float], of row: [Float]) {
    guard let linearPath else { return }
    let (now, before) = (linearPath.values(of: varied), linearPath.values(of: row))
    for output in now.indices {
      target[target.startIndex + output] -=
        (now[output] - before[output]) / targetScaling.deviation[output]
    }
  }
}
