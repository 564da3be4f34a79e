import Explanations
import SpectralData
import Statistics

/// Explained spectra on one axis, in groups: by their true class if the files say it, else by what
/// is explained of each.
struct MapGroups: Sendable {
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
    var meanSpectrum: [Float] = []
    var meanMap: [Float] = []
    var deviation: [Float] = []

    /// The maps in the order of the members; of many, the means of neighbors.
    var lines: [[Float]] = []
  }

  /// The groups, in the order of the network's classes.
  private(set) var groups: [Group]

  /// The smallest and the largest value of all maps.
  private(set) var range: (low: Float, high: Float) = (0, 0)

  /// How many lines there are of all groups together where maps are more, one for each group at least.
  private static let greatestLineCount = 1200

  /// Forms groups.
  ///
  /// - Parameters:
  ///   - material: The spectra, at least one.
  ///   - item: Which explanation of each.
  ///   - model: Gives the order of classes.
  /// - Throws: `WorkflowError` when the numbers cannot be read.
  init(_ material: SummaryMaterial, item: Int, model: Model) throws {
    groups = Self.named(material.records, item: item, model: model)
    var places = [(group: Int, member: Int)](repeating: (0, 0), count: material.records.count)
    for (index, group) in groups.enumerated() {
      for (place, member) in group.members.enumerated() { places[member] = (index, place) }
    }
    var moments = groups.map { _ in RunningMoments(columnCount: material.axis.count) }
    try material.spectra.readRows { index, row in moments[places[index].group].add(row) }
    for index in groups.indices {
      groups[index].meanSpectrum = moments[index].mean.map { Float($0) }
    }
    moments = groups.map { _ in RunningMoments(columnCount: material.axis.count) }
    var lines = groups.map { LineSums($0.members.count, among: material.records.count) }
    range = (.infinity, -.infinity)
    try material.maps[item].readRows { index, row in
      let place = places[index]
      moments[place.group].add(row)
      lines[place.group].add(row, member: place.member)
      range = (min(range.low, row.min() ?? 0), max(range.high, row.max() ?? 0))
    }
    for index in groups.indices {
      groups[index].meanMap = moments[index].mean.map { Float($0) }
      groups[index].deviation = moments[index].sampleDeviation.map { Float($0) }
      groups[index].lines = lines[index].means
    }
  }

  /// Who belongs to which group.
  private static func named(
    _ records: [SpectrumRecord], item: Int, model: Model
  ) -> [Group] {
    let hasLabels = records.allSatisfy { $0.label?.isEmpty == false }
    let names = records.map { record in
      hasLabels ? record.label ?? "" : record.subjects[item].name(model)
    }
    let order = model.information.labels ?? []
    func rank(_ name: String) -> Int { order.firstIndex(of: name) ?? order.count }
    let members = Dictionary(grouping: records.indices) { names[$0] }
    return Set(names).sorted { (rank($0), $0) < (rank($1), $1) }.map { name in
      let indices = (members[name] ?? []).sorted { one, other in
        key(records[one].subjects[item], one) < key(records[other].subjects[item], other)
      }
      let counts = Dictionary(grouping: indices) { records[$0].subjects[item].title }
      let explained = counts.map { (target: $0.key, count: $0.value.count) }
        .sorted { (-$0.count, $0.target) < (-$1.count, $1.target) }
      return Group(name: name, members: indices, explained: explained)
    }
  }

  /// Places one class after the other, and measured values from high to low.
  private static func key(_ subject: SpectrumRecord.Subject, _ index: Int) -> (Int, Float, Int) {
    subject.classIndex.map { ($0, 0, index) } ?? (0, -subject.score, index)
  }

  /// Sums of neighboring maps of a group.
  private struct LineSums {
    private let memberCount: Int
    private var sums: [[Float]]
    private var counts: [Int]

    init(_ memberCount: Int, among count: Int) {
      self.memberCount = memberCount
      let share = memberCount * MapGroups.greatestLineCount / count
      let lineCount =
        count <= MapGroups.greatestLineCount ? memberCount : min(memberCount, max(1, share))
      sums = Array(repeating: [], count: lineCount)
      counts = Array(repeating: 0, count: lineCount)
    }

    mutating func add(_ row: ArraySlice<Float>, member: Int) {
      let line = member * sums.count / memberCount
      counts[line] += 1
      guard !sums[line].isEmpty else {
        sums[line] = Array(row)
        return
      }
      for (index, value) in row.enumerated() { sums[line][index] += value }
    }

    var means: [[Float]] {
      zip(sums, counts).map { sum, count in count > 1 ? sum.map { $0 / Float(count) } : sum }
    }
  }
}

extension SpectrumRecord.Subject {
  /// The class that is explained, whether alone or against others; else what is explained.
  func name(_ model: Model) -> String { classIndex.map(model.label) ?? title }
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

  /// What a spectrum is called, if anything.
  var spectrumName: String? {
    if case .spectrum(let spectrum) = display { return spectrum.name }
    return nil
  }
}
