import GraphIR
import Operations
import SpectralData
import TensorCore

extension FittedMeanCentering: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    spectra.less(mean)
  }
}

extension FittedAutoscaling: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    spectra.less(mean).times(scale.map { 1 / $0 })
  }
}

extension Cropping: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    let points = axis.indices(in: low...high)
    return spectra.sliced(2, start: points.lowerBound, count: points.count)
  }
}

extension FittedResampling: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    if axis == target { return spectra }
    let interpolation = try AxisInterpolation(from: axis, to: target)
    let first = spectra.gathered(2, interpolation.lower)
    let next = spectra.gathered(2, interpolation.lower.map { min($0 + 1, axis.count - 1) })
    return first + (next - first).times(interpolation.fraction)
  }
}
