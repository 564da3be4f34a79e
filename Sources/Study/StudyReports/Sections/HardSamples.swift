import Chemometrics
import Reports
import StudyEngine

/// The samples that models get wrong most.
struct HardSamples {
  let facts: StudyFacts

  /// How many are listed.
  private static let limit = 10

  /// A paragraph, or a table with names.
  var blocks: [ReportBlock] {
    if let labels = facts.labels { return classBlocks(labels) }
    return facts.values.map(quantityBlocks) ?? []
  }

  private var data: StudyData { facts.result.data }

  private var columns: [ReportTable.Column] {
    [.init("Spectrum")] + (data.groups == nil ? [] : [.init("Sample")])
  }

  private func names(_ record: SampleRecord) -> [String] {
    [data.sampleNames[record.sample]] + (data.groups.map { [$0[record.sample]] } ?? [])
  }

  // Classes.

  private func classBlocks(_ labels: ClassLabels) -> [ReportBlock] {
    let hard = facts.result.samples.filter { wrong($0.networkVotes, $0, labels) > 0 }
      .sorted { first, second in
        let shares = [first, second].map {
          Double(wrong($0.networkVotes, $0, labels)) / Double($0.testedCount)
        }
        return shares[0] != shares[1] ? shares[0] > shares[1] : first.sample < second.sample
      }
    guard !hard.isEmpty else {
      return [.paragraph("The networks misclassified no spectrum in any test.")]
    }
    let count = hard.count
    let caption =
      "Spectra that networks misclassified, the most often first"
      + (count > Self.limit
        ? " (the first \(Self.limit) of \(count); all are in samples.csv)." : ".")
    let rows = hard.prefix(Self.limit).map { record in
      names(record) + [
        labels.names[labels.indices[record.sample]], "\(record.testedCount)",
        mistake(record.networkVotes, record, labels),
        mistake(record.partialLeastSquaresVotes, record, labels),
      ]
    }
    return [
      .paragraph(
        "The spectra below are worth a second look: they may be mislabeled, measured badly, or lie "
          + "between classes. Where both models err on the same ones, the spectrum is the more "
          + "likely cause."),
      .table(
        ReportTable(
          caption,
          columns: columns + [
            .init("Class"), .init("Tested", isNumeric: true), .init("Network said"),
            .init("\(facts.partialLeastSquares) said"),
          ], rows: Array(rows))),
    ]
  }

  private func wrong(_ votes: [Int], _ record: SampleRecord, _ labels: ClassLabels) -> Int {
    record.testedCount - votes[labels.indices[record.sample]]
  }

  /// What a spectrum was taken for, and how often.
  private func mistake(_ votes: [Int], _ record: SampleRecord, _ labels: ClassLabels) -> String {
    let own = labels.indices[record.sample]
    let others = votes.indices.filter { $0 != own && votes[$0] > 0 }
      .sorted { votes[$0] > votes[$1] }
    guard !others.isEmpty else { return "always right" }
    return others.map { "\(votes[$0])\u{A0}× \(ClassWords.name(labels.names[$0]))" }.joined(
      separator: ", ")
  }

  // A quantity.

  private func quantityBlocks(_ values: [Double]) -> [ReportBlock] {
    let hard = facts.result.samples.filter { $0.networkMean != nil }
      .sorted { deviation($0, values) > deviation($1, values) }.prefix(Self.limit)
    guard !hard.isEmpty else { return [] }
    let rows = hard.map { record in
      names(record) + [
        Words.number(values[record.sample], 4), "\(record.testedCount)",
        record.networkMean.map { Words.number($0, 4) } ?? "–",
        record.partialLeastSquaresMean.map { Words.number($0, 4) } ?? "–",
      ]
    }
    return [
      .table(
        ReportTable(
          "The samples that the networks predict worst, by their mean prediction over all tests. "
            + "Where both models err alike, look at the sample and its known value first.",
          columns: columns + [
            .init("Known", isNumeric: true), .init("Tested", isNumeric: true),
            .init("Network", isNumeric: true), .init(facts.partialLeastSquares, isNumeric: true),
          ], rows: Array(rows)))
    ]
  }

  private func deviation(_ record: SampleRecord, _ values: [Double]) -> Double {
    abs((record.networkMean ?? 0) - values[record.sample])
  }
}
