import Chemometrics
import StudyEngine

/// The works that a report rests on.
struct StudyReferences {
  let facts: StudyFacts

  /// References of methods, then those of the known bands that appear in tables.
  var texts: [String] { Self.methods + bandReferences }

  private static let methods = [
    "X. Zhang et al., Analytica Chimica Acta 1119 (2020) 41–51: class activation maps of networks for "
      + "spectra, beside PLS-LDA.",
    "G.-Y. Shi et al., Analytical Chemistry 95 (2023) 9959–9966: 1D Grad-CAM.",
    "R. R. Selvaraju et al., arXiv 1610.02391 (2017): Grad-CAM.",
    "S. de Jong, Chemometrics and Intelligent Laboratory Systems 18 (1993) 251–263: SIMPLS.",
    "Q.-S. Xu, Y.-Z. Liang, Chemometrics and Intelligent Laboratory Systems 56 (2001) 1–11: "
      + "Monte-Carlo cross-validation.",
    "C. Nadeau, Y. Bengio, Machine Learning 52 (2003) 239–281: intervals and tests over divisions.",
    "A. Savitzky, M. J. E. Golay, Analytical Chemistry 36 (1964) 1627–1639: smoothing and derivatives.",
  ]

  private var bandReferences: [String] {
    let used = facts.result.evidence.flatMap { evidence in
      [evidence.network, evidence.partialLeastSquares].flatMap { variables in
        variables.bands.matches.flatMap { $0.known.compactMap(\.reference) }
      }
    }
    return Set(used).sorted().map { short in
      BandTable.references[short].map { "[\(short)] \($0)." } ?? short
    }
  }
}
