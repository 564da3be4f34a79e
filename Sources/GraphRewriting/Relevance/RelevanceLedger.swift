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
