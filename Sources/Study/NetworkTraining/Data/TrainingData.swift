public import TensorCore

/// What a network is trained to say about a spectrum.
public enum LearningTargets: Sendable, Hashable {
  /// The class of every spectrum, `0..<count`.
  case classes([Int], count: Int)
  /// One or more measured values of every spectrum, equally many for all.
  case values([[Float]])

  /// The number of spectra they belong to.
  public var count: Int {
    switch self {
    case .classes(let classes, _): classes.count
    case .values(let values): values.count
    }
  }

  /// How many numbers the network gives per spectrum: classes, or measured values.
  public var outputCount: Int {
    switch self {
    case .classes(_, let count): count
    case .values(let values): values.first?.count ?? 0
    }
  }

  /// The targets of the spectra at `indices`.
  public subscript(indices: [Int]) -> LearningTargets {
    switch self {
    case .classes(let classes, let count): .classes(indices.map { classes[$0] }, count: count)
    case .values(let values): .values(indices.map { values[$0] })
    }
  }
}

/// Spectra of one axis with what they are to be recognized as.
public struct TrainingData: Sendable, Hashable {
  /// The intensities of every spectrum, equally many for all.
  public let rows: Matrix<Float>

  /// What the network should say.
  public let targets: LearningTargets

  /// The number of points of a spectrum.
  public var pointCount: Int { rows.columnCount }

  /// Checks and keeps data.
  ///
  /// - Throws: `LearningError` with code `invalidData` naming the first row that is unusable.
  public init(rows: some Collection<[Float]>, targets: LearningTargets) throws(LearningError) {
    guard let first = rows.first, rows.count == targets.count else {
      throw LearningError(
        .invalidData, "\(rows.count) spectra and \(targets.count) targets; give one for each")
    }
    let length = first.count
    for (index, row) in rows.enumerated() {
      guard row.count == length, length > 0 else {
        throw LearningError(
          .invalidData, "spectrum \(index) has \(row.count) points, the first \(length)")
      }
      guard row.allSatisfy(\.isFinite) else {
        throw LearningError(.invalidData, "spectrum \(index) holds a number that is not finite")
      }
    }
    try Self.check(targets)
    self.rows = rows as? Matrix<Float> ?? Matrix(Array(rows))
    self.targets = targets
  }

  /// The part at `indices`.
  ///
  /// - Throws: `LearningError` when there is none.
  public func part(_ indices: [Int]) throws(LearningError) -> TrainingData {
    try TrainingData(rows: rows.selecting(rows: indices), targets: targets[indices])
  }

  private static func check(_ targets: LearningTargets) throws(LearningError) {
    switch targets {
    case .classes(let classes, let count):
      guard count >= 2 else {
        throw LearningError(.invalidData, "\(count) classes cannot be told apart; give 2 or more")
      }
      for (index, label) in classes.enumerated() where !(0..<count).contains(label) {
        throw LearningError(.invalidData, "spectrum \(index) is of class \(label) of \(count)")
      }
    case .values(let values):
      let width = values[0].count
      for (index, row) in values.enumerated() {
        guard row.count == width, width > 0, row.allSatisfy(\.isFinite) else {
          throw LearningError(
            .invalidData,
            "spectrum \(index) has the targets \(row); give \(max(width, 1)) finite numbers")
        }
      }
    }
  }
}
