import Explanations
import SpectralData
import Statistics
import TensorCore

/// Explained spectra on one axis, in groups: by their true class if the files say it, else by what
/// is explained of each.
struct MapGroups {
  /// Spectra of one group.
  struct Group: Sendable {
    /// The class.
    let name: String

    /// Their places among the spectra, those with one explained class together.
    let members: [Int]

    /// What is explained of how many.
    let explained: [(target: String, count: Int)]

    /// The mean of the spectra as measured, of the maps, and the sample's standard deviation of the
    /// maps; one value per position.
    let meanSpectrum: [Float]
    let meanMap: [Float]
    let deviation: [Float]
  }

  /// The groups, in the order of the network's classes.
  let groups: [Group]

  /// Forms groups.
  ///
  /// - Parameters:
  ///   - jobs: The spectra, at least one, all on one axis.
  ///   - item: Which explanation of each.
  ///   - model: Gives the order of classes.
  init(_ jobs: [ExplanationWriter.Job], item: Int, model: Model) {
    let explanations = jobs.map { $0.sample.explanations[item] }
    let hasLabels = jobs.allSatisfy { $0.input.label?.isEmpty == false }
    let names = zip(jobs, explanations).map { job, explanation in
      hasLabels ? job.input.label ?? "" : explanation.targetTitle
    }
    let order = model.information.labels ?? []
    func rank(_ name: String) -> Int { order.firstIndex(of: name) ?? order.count }
    let sorted = Set(names).sorted { (rank($0), $0) < (rank($1), $1) }
    let members = Dictionary(grouping: jobs.indices) { names[$0] }
    groups = sorted.map { name in
      let indices = (members[name] ?? []).sorted { one, other in
        Self.key(explanations[one], one) < Self.key(explanations[other], other)
      }
      let counts = Dictionary(grouping: indices) { explanations[$0].targetTitle }
      let explained = counts.map { (target: $0.key, count: $0.value.count) }
        .sorted { (-$0.count, $0.target) < (-$1.count, $1.target) }
      let maps = ColumnMoments(indices.map { explanations[$0].aligned.elements })
      return Group(
        name: name, members: indices, explained: explained,
        meanSpectrum: indices.map { jobs[$0].input.intensities }.columnMeans.map { Float($0) },
        meanMap: maps.mean.map { Float($0) },
        deviation: maps.sampleDeviation.map { Float($0) })
    }
  }

  /// Places one class after the other, and measured values from high to low.
  private static func key(_ explanation: Explanation, _ index: Int) -> (Int, Float, Int) {
    explanation.classIndex.map { ($0, 0, index) } ?? (0, -explanation.explainedScore, index)
  }
}

extension PreparedSample {
  /// The values of a spectrum as they were measured.
  var intensities: [Float] { main.intensities }

  /// The positions of a spectrum.
  var axis: SpectralAxis? { main.axis }

  /// What a spectrum is called, if anything.
  var spectrumName: String? { main.spectrumName }
}

extension PreparedInput {
  /// The values of a spectrum as they were measured, at the positions of the network's input.
  var intensities: [Float] {
    if case .spectrum(let spectrum) = display { return spectrum.intensities }
    return []
  }

  /// The positions of a spectrum.
  var axis: SpectralAxis? {
    if case .spectrum(let spectrum) = display { return spectrum.axis }
    return nil
  }
}
