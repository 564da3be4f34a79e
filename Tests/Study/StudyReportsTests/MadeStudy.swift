import Chemometrics
import Explanations
import Foundation
import NetworkTraining
import SpectralData
import TensorCore

@testable import StudyEngine

/// Studies whose numbers are made by hand; only the tiny network is trained.
enum MadeStudy {
  static let axis = (0..<40).map { 1000 + 20 * Double($0) }

  /// Six samples of two spectra per class, or twelve spectra of a quantity.
  static func data(
    _ question: StudyData.Question, unit: AxisUnit = .reciprocalCentimeter, grouped: Bool = true
  ) throws -> StudyData {
    let count =
      switch question {
      case .classes(let labels): labels.count
      case .quantity(_, let values): values.count
      }
    let rows = (0..<count).map { row in
      axis.indices.map { Float(sin(Double($0) / 5) + 0.1 * Double((row * 7 + $0) % 5)) }
    }
    return try StudyData(
      SpectralDataset(axis: SpectralAxis(positions: axis, unit: unit), rows: rows),
      name: "made.csv",
      question: question, groups: grouped ? (0..<count).map { "s\($0 / 2)" } : nil)
  }

  /// A map with bumps of given heights at given points.
  static func map(_ bumps: [(point: Int, height: Double)]) -> [Double] {
    axis.indices.map { point in
      bumps.reduce(0) { $0 + $1.height * exp(-pow(Double(point - $1.point) / 1.2, 2)) }
    }
  }

  static func variables(
    _ bumps: [(point: Int, height: Double)], _ data: StudyData
  ) throws -> ModelEvidence {
    let maps = (0..<3).map { split in
      map(bumps.map { ($0.point, $0.height * (1 + 0.1 * Double(split))) })
    }
    let bands = ActiveBands(threshold: .fractionOfMaximum(0.25), minimumPointCount: 2)
    let stability = try MapStability(maps: maps, activeBands: bands)
    let found = try bands.bands(of: stability.mean, positions: data.axis.positions)
    let contribution = try FeatureContribution(bands: found.map(\.points), pointCount: axis.count)
    return ModelEvidence(
      map: stability, distinction: stability,
      bands: settings.knownBands.selecting(technique: .infrared).report(on: found, axis: data.axis),
      contributions: try contribution.shares(of: stability.mean))
  }

  static func evidence(
    _ name: String, _ index: Int?, _ data: StudyData,
    network: [(point: Int, height: Double)], partialLeastSquares: [(point: Int, height: Double)],
    agreement: Double
  ) throws -> Evidence {
    let flat = [Double](repeating: 1, count: axis.count)
    let spectrum = axis.indices.map { sin(Double($0) / 5) + 0.2 * Double(index ?? 0) }
    let methods: [ExplanationMethod] = [.oneDimensionalGradCAM, .layerwiseRelevance]
    let maps = methods.map {
      MethodMap(method: $0, layer: nil, mean: map(network), deviation: flat.map { $0 / 10 })
    }
    return Evidence(
      name: name, classIndex: index, meanSpectrum: spectrum,
      spectrumDeviation: flat.map { $0 / 10 }, network: try variables(network, data),
      partialLeastSquares: try variables(partialLeastSquares, data), methodMaps: maps,
      coefficients: map(network),
      variableImportance: flat, selectivityRatio: flat, agreement: agreement)
  }

  /// A network of few numbers, trained for two epochs on the data.
  static func network(_ data: StudyData, _ settings: StudySettings) throws -> FinalNetwork {
    let (fitted, rows) = try settings.preprocessing.fitTransform(data.rows, on: data.axis)
    var training = TrainingSettings()
    training.epochCount = 2
    let targets: LearningTargets =
      switch data.question {
      case .classes(let labels):
        .classes(labels.indices, count: labels.names.count)
      case .quantity(_, let values): .values(values.map { [Float($0)] })
      }
    let result = try Trainer(settings.architecture).train(
      TrainingData(rows: rows, targets: targets), settings: training)
    let kernel = try SmoothingKernel(length: 5, degree: 2, derivative: 2).weights
    return FinalNetwork(
      training: result, preprocessing: fitted, axis: try fitted.axis(after: data.axis),
      parameterCount: 123,
      kernels: [
        LearnedKernel(
          index: 0, weights: kernel, comparison: try KernelComparison(kernel: kernel))
      ],
      layers: [
        LayerResponse(
          name: "features1", subject: data.labelNames.first ?? "all spectra",
          channels: [map([(9, 1)])])
      ])
  }

  static var settings: StudySettings {
    var settings = StudySettings()
    settings.materials = [.proteins, .lipids]
    settings.architecture = ThreeConvolutionNetwork(channels: [2, 2, 2], kernels: [5, 3, 3])
    return settings
  }

  static func splits(_ count: Int, of samples: Int) -> [ValidationSplit] {
    (0..<count).map { split in
      let test = (0..<samples).filter { ($0 / 2) % 3 == split % 3 }
      return ValidationSplit(training: (0..<samples).filter { !test.contains($0) }, test: test)
    }
  }
}

extension StudyData {
  var labelNames: [String] {
    guard case .classes(let labels) = question else { return [] }
    return labels.names
  }
}
