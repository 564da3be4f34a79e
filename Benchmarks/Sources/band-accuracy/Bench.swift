import Foundation
import VitrineStudy

/// The studies that are measured.
struct Bench {
  /// A network by its name, with settings that make it small enough.
  struct Network {
    let id: String
    var settings: [String: String] = [:]

    func architecture() throws -> any NetworkArchitecture {
      try ArchitectureCatalog.entry(id).architecture(settings)
    }
  }

  static let networks = [
    Network(id: "positional"), Network(id: "deepspectra"), Network(id: "three-convolutions"),
    Network(id: "resnet-flatten", settings: small), Network(id: "resnet-average", settings: small),
  ]

  private static let small = ["stem": "8", "stages": "8,8,8", "blocks": "1"]

  static let divisionCount = 5

  /// Studies spectra.
  ///
  /// - Parameters:
  ///   - data: The spectra.
  ///   - network: The network.
  ///   - seed: Where all chance begins.
  ///   - methods: What explains the network that is kept.
  /// - Returns: What was found.
  /// - Throws: What a study throws.
  static func study(
    _ data: StudyData, _ network: Network, seed: UInt64, _ methods: [ExplanationMethod]
  ) throws -> StudyResult {
    var settings = StudySettings(architecture: try network.architecture())
    settings.preprocessing = try PreprocessingPipeline(parsing: "snv")
    settings.validation = .monteCarlo(MonteCarloSplits(count: divisionCount, seed: seed))
    settings.training.seed = seed
    settings.furtherMethods = methods.filter { $0.id != settings.method.id }
    return try SpectralStudy(data, settings).run()
  }

  /// The methods that a network can be explained by.
  ///
  /// Whoever cannot says so by an error, of whatever kind, when a network is there. Those that draw masks are
  /// left out: they run the network thousands of times for every spectrum.
  static func methods(for network: Network) throws -> [ExplanationMethod] {
    let data = try Layout.all[1].data(seed: 1)
    return try MethodCatalog.entries.filter { method in
      if case .samples = method.procedure { return false }
      var settings = StudySettings(architecture: try network.architecture())
      settings.validation = .monteCarlo(MonteCarloSplits(count: 1))
      settings.training.epochCount = 1
      settings.furtherMethods = [method]
      do {
        _ = try SpectralStudy(data, settings).run()
        return true
      } catch {
        return false
      }
    }
  }

  /// What the maps of one study show.
  static func measurements(
    of result: StudyResult, _ network: Network, _ layout: Layout, seed: UInt64
  ) throws -> [Measurement] {
    guard case .classes(let outcome) = result.outcome else { return [] }
    let accuracies = outcome.network.metrics.map(\.accuracy)
    let accuracy = accuracies.reduce(0, +) / Double(accuracies.count)
    func measured(_ target: Int, _ method: String, _ bands: [ActiveBand], _ map: [Double])
      -> Measurement
    {
      Measurement(
        network.id, layout, seed: seed, target: target, method: method, accuracy: accuracy,
        bands: bands, map: map)
    }
    var found: [Measurement] = []
    for (index, evidence) in result.evidence.enumerated() {
      for (method, model) in [
        ("study", evidence.network), ("PLS-LDA", evidence.partialLeastSquares),
      ] {
        found.append(
          measured(index, method, model.bands.matches.map(\.band), model.distinction.mean))
      }
      let signal = difference(of: index, in: result.evidence)
      for map in evidence.methodMaps {
        let bands = try result.settings.activeBands.bands(
          of: map.mean, positions: result.network.axis.positions, signal: signal)
        found.append(measured(index, map.method.id, bands, map.mean))
      }
    }
    return found
  }

  /// The mean spectrum of a class less the mean of those of the others.
  private static func difference(of index: Int, in evidence: [Evidence]) -> [Double] {
    let others = evidence.indices.filter { $0 != index }
    return evidence[index].meanSpectrum.indices.map { point in
      evidence[index].meanSpectrum[point]
        - others.reduce(0) { $0 + evidence[$1].meanSpectrum[point] } / Double(others.count)
    }
  }
}
