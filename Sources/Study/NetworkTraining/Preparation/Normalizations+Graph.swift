import GraphIR
import Operations
import SpectralData

extension StandardNormalVariate: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    let centered = spectra.lessMean
    let degrees = Float(max(1, axis.count - degreesLost))
    let variance = (centered * centered).sum(over: .positions) / degrees
    return centered.divided(bySize: variance.squareRoot)
  }
}

extension FittedMultiplicativeScatterCorrection: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    let mean = reference.reduce(0, +) / Double(reference.count)
    let centered = reference.map { $0 - mean }
    let squares = centered.reduce(0) { $0 + $1 * $1 }
    let spectra = spectra.lessMean
    let slope = spectra.times(centered.map { $0 / squares }).sum(over: .positions)
    return spectra / slope + Float(mean)
  }
}

extension VectorNormalization: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    spectra.divided(bySize: (spectra * spectra).sum(over: .positions).squareRoot)
  }
}

extension AreaNormalization: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    spectra.divided(bySize: spectra.absolute.sum(over: .positions))
  }
}

extension RangeNormalization: GraphPreprocessingStep {
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    let low = spectra.minimum(over: .positions)
    return (spectra - low).divided(bySize: spectra.maximum(over: .positions) - low)
  }
}
