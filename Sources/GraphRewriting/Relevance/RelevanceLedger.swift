public import GraphIR
import Operations
import TensorCore

/// Where relevance went: one entry for each operation that divides it.
///
/// An operation receives relevance, passes most of it to its inputs, and the rest is absorbed:
/// `received = passed + bias + stabilizer + dead`, up to rounding. What remains was given to values
/// that do not depend on what is looked at, such as a branch around a layer.
public struct RelevanceLedger {
  /// What is known of one operation, in the order of the numbers of an entry.
  public enum Column: String, CaseIterable, Codable, Hashable, Sendable {
    /// The relevance that arrived.
    case received
    /// The relevance that its inputs got.
    case passed
    /// What biases absorbed.
    case bias
    /// What stabilizers of denominators absorbed.
    case stabilizer
    /// What was lost at units whose denominator is zero.
    case dead
    /// How many units got relevance although nothing but their bias contributes to them.
    case biasOnlyUnits
  }

  /// One operation.
  public struct Entry {
    /// The name of its result, or its place in the graph.
    public let name: String

    /// The printed name of the operation; for arithmetic, of its function.
    public let operation: String

    /// `[samples, columns]`, each number summed over the units of a sample.
    public let sums: Value
  }

  /// The relevance of each target, as `GraphBuilder.relevances` gives it.
  public let relevances: [Value]

  /// The operations, from the scores back.
  public let entries: [Entry]

  /// What arrived at each target; nothing is passed on.
  public let arrivals: [Entry]

  /// `[samples, entries and then arrivals, columns]`.
  public let table: Value

  init(relevances: [Value], entries: [Entry], arrivals: [Entry]) {
    self.relevances = relevances
    self.entries = entries
    self.arrivals = arrivals
    let rows = (entries + arrivals).map { entry in
      entry.sums.reshaped(to: [entry.sums.shape[0], 1, Column.allCases.count])
    }
    table = .concatenated(rows, axis: 1)
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

  /// Notes what a quotient `s = relevance / z` loses.
  func addLosses(of relevance: Value, _ stabilizer: Stabilizer, s: Value, z: Value) {
    let zero = z.builder.constant(0)
    let isDead = z.isEqual(to: zero)
    add(.dead, isDead.select(relevance, zero))
    if let absorbed = stabilizer.absorbed(s, z) {
      add(.stabilizer, isDead.select(zero, absorbed))
    }
  }

  /// Counts the units with relevance to which nothing contributes.
  func addUnits(with relevance: Value, contributions: Value) {
    let zero = relevance.builder.constant(0)
    add(.biasOnlyUnits, contributions.isEqual(to: zero) * (1 - relevance.isEqual(to: zero)))
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
    for _ in 0..<4 {
      if let name = self[next].name { return name }
      guard let user = nodes[(next.index + 1)...].firstIndex(where: { $0.inputs.contains(next) })
      else { break }
      next = ValueID(user)
    }
    return "%\(value.index)"
  }
}

extension Node {
  /// What a reader calls the operation: for those of a family, its function.
  fileprivate var kind: String {
    (operation as? Binary).map { "\($0.function)" } ?? type(of: operation).name
  }
}
