import Chemometrics
package import SpectralData
import TensorCore

/// Chooses how spectra are prepared, from training spectra only.
package struct PreprocessingChooser: Sendable {
  private let data: StudyData
  private let settings: StudySettings

  /// Prepares choices.
  ///
  /// - Parameters:
  ///   - data: The spectra, and what is asked for.
  ///   - settings: How spectra are prepared, or that it is chosen.
  package init(_ data: StudyData, _ settings: StudySettings) {
    self.data = data
    self.settings = settings
  }

  /// The preparation that is given, or that with which partial least squares errs least in
  /// cross-validation inside some samples; the first where several are as good.
  ///
  /// - Parameter samples: The training spectra; nothing is known of the others.
  /// - Returns: The steps, not fitted.
  /// - Throws: What preparing and fitting throw where no candidate fits the spectra.
  package func pipeline(for samples: [Int]) throws -> PreprocessingPipeline {
    guard settings.preprocessingSearch.applies(to: data.question) else {
      return settings.preprocessing
    }
    var best: (pipeline: PreprocessingPipeline, errors: (Double, Double))?
    var failure: (any Error)?
    for candidate in PreprocessingSearch.candidates {
      do {
        let errors = try errors(candidate, samples)
        if best.map({ errors < $0.errors }) ?? true { best = (candidate, errors) }
      } catch {
        // Not every preparation fits all spectra: a window longer than they are, a spectrum of zeros.
        failure = failure ?? error
      }
    }
    if let best { return best.pipeline }
    throw failure
      ?? StudyError(.unsuitableData, "\(data.name): no preparation was tried on the spectra")
  }

  /// The error of partial least squares, and what decides between equal ones.
  private func errors(
    _ pipeline: PreprocessingPipeline, _ samples: [Int]
  ) throws -> (Double, Double) {
    let (_, rows) = try pipeline.fitTransform(data.rows.selecting(rows: samples), on: data.axis)
    let model = try PartialLeastSquaresModel(rows, samples, data, settings)
    guard let errors = model.errors else { return (0, 0) }
    let place = errors.chosenCount - 1
    return (errors.means[place], errors.brierScores?[place] ?? 0)
  }
}
