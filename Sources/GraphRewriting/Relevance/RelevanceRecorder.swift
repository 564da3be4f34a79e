import GraphIR
import Operations
import TensorCore

extension RelevanceRule {
  /// The relevance of the input, noted by a recorder where there is one.
  func inputRelevance(at site: LinearSite, _ recorder: RelevanceRecorder?) -> Value {
    guard let recorder else { return inputRelevance(at: site) }
    var quotients: [Quotient] = []
    var observed = site
    observed.observe = { quotients.append($0) }
    let relevance = inputRelevance(at: observed)
    recorder.add(quotients, at: site)
    return relevance
  }
}

/// Notes what one operation does with the relevance that it divides.
final class RelevanceRecorder {
  private let sampleCount: Int
  private var sums: [RelevanceLedger.Column: Value] = [:]

  /// Starts the account of an operation with what it received.
  ///
  /// - Parameters:
  ///   - relevance: What it received.
  ///   - sampleCount: How many samples run at once; the first axis of values counts them.
  init(received relevance: Value, sampleCount: Int) {
    self.sampleCount = sampleCount
    add(.received, relevance)
  }

  /// Whether something was noted beside what was received and passed.
  var hasLosses: Bool { sums.keys.contains { $0 != .received && $0 != .passed } }

  /// Adds the sums of a value to a column.
  func add(_ column: RelevanceLedger.Column, _ value: Value) {
    let sum = sumPerSample(value)
    sums[column] = sums[column].map { $0 + sum } ?? sum
  }

  /// Notes what a rule did at a linear map: what its quotients lose, and what none of them took.
  ///
  /// A unit whose relevance a rule divides several times is counted once, by its first quotient.
  func add(_ quotients: [Quotient], at site: LinearSite) {
    // 1 at units that no quotient has taken yet; nil when all are taken.
    var isUntaken: Value? = site.relevance.builder.constant(1)
    for quotient in quotients {
      guard let mask = isUntaken else { break }
      let isIdle = quotient.relevance.isZero
      if site.map.bias != nil {
        add(.biasOnlyUnits, mask * site.outputs(of: quotient.terms).isZero * (1 - isIdle))
      }
      isUntaken = quotient.relevance.id == site.relevance.id ? nil : mask * isIdle
    }
    if let isUntaken { add(.dead, isUntaken * site.relevance) }
    for quotient in quotients {
      addLosses(quotient)
      guard let bias = quotient.bias, !bias.isShared else { continue }
      add(.bias, quotient.s * (quotient.z - site.outputs(of: quotient.terms)))
    }
  }

  /// Notes what a quotient loses where `z` is zero, and what its stabilizer keeps elsewhere.
  func addLosses(_ quotient: Quotient) {
    let zero = quotient.z.builder.constant(0)
    let isDead = quotient.z.isZero
    add(.dead, isDead.choosing(quotient.relevance, else: zero))
    if let absorbed = quotient.stabilizer.absorbed(quotient.s, quotient.z) {
      add(.stabilizer, isDead.choosing(zero, else: absorbed))
    }
  }

  /// The account.
  func entry(at value: Value) -> RelevanceLedger.Entry {
    let zeros = value.builder.constant(Tensor(shape: [sampleCount, 1], repeating: 0))
    let columns = RelevanceLedger.Column.allCases.map { sums[$0] ?? zeros }
    return RelevanceLedger.Entry(
      name: value.builder.graph.nearestName(of: value.id), operation: value.node.kind,
      sums: .concatenated(columns, axis: 1))
  }

  private func sumPerSample(_ value: Value) -> Value {
    guard value.shape.rank > 0, value.shape[0] % sampleCount == 0 else {
      value.builder.fail(
        GraphError(
          .relevanceUndefined,
          "a ledger of \(sampleCount) samples at once needs values whose first axis counts them, "
            + "not \(value.shape); explain one input at a time"))
      return value.builder.constant(Tensor(shape: [sampleCount, 1], repeating: 0))
    }
    let rest = value.shape.elementCount / sampleCount
    return value.reshaped(to: [sampleCount, rest]).sum(over: .axes([1]))
  }
}

extension Graph {
  /// The name of a value, or of what is made of it next: an average is a sum and a factor.
  fileprivate func nearestName(of value: ValueID) -> String {
    var next = value
    while self[next].name == nil,
      let user = nodes[(next.index + 1)...].firstIndex(where: { $0.inputs.contains(next) })
    {
      next = ValueID(user)
    }
    return self[next].name ?? "%\(value.index)"
  }
}

extension Node {
  /// What a reader calls the operation: for those of a family, its function.
  fileprivate var kind: String {
    (operation as? Binary).map { "\($0.function)" } ?? type(of: operation).name
  }
}

extension Value {
  /// 1 where it is zero, else 0.
  fileprivate var isZero: Value { isEqual(to: builder.constant(0)) }
}
