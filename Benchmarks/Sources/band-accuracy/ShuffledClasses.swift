import VitrineStudy

/// The control: studies of spectra whose classes were exchanged at random have nothing to find.
struct ShuffledClasses: Codable {
  var network: String
  var seed: UInt64

  /// What the report answers to which bands decide.
  var answer: String

  /// How many bands it names there, of both models.
  var namedCount: Int

  /// Whether bands of the network are among them, and of PLS-LDA.
  var namesNetwork: Bool { namedCount > 0 && !answer.hasPrefix("The network is not surely") }
  var namesPartialLeastSquares: Bool {
    namedCount > 0 && !answer.hasPrefix("PLS-LDA is not surely")
  }

  /// Studies the first layout without its classes.
  init(_ network: Bench.Network, seed: UInt64) throws {
    let layout = Layout.all[0]
    let data = try layout.data(seed: seed, shufflesClasses: true)
    let result = try Bench.study(data, network, seed: seed, [])
    let findings = try StudyReport(result).report.findings
    let statement = findings.first { $0.subject == "Which bands decide?" }
    self.network = network.id
    self.seed = seed
    answer = statement?.text ?? ""
    namedCount = statement?.points.count ?? 0
  }
}
