package import GraphIR
import GraphRewriting

/// Where the relevance of one pass went, operation by operation.
public struct ConservationLedger: Codable, Hashable, Sendable {
  /// One operation that divides relevance; `received` is the sum of what follows but the count.
  public struct Row: Codable, Hashable, Sendable {
    /// The name of the operation's result in the network.
    public let name: String

    /// The kind of operation.
    public let operation: String

    /// The relevance that arrived, in units of what the scores started with.
    public let received: Float

    /// The relevance that its inputs got.
    public let passed: Float

    /// What biases absorbed.
    public let bias: Float

    /// What stabilizers of denominators absorbed.
    public let stabilizer: Float

    /// What was lost at units whose denominator is zero.
    public let dead: Float

    /// What else is missing: rounding, or what went around the layers that are looked at.
    public let remainder: Float

    /// How many units got relevance although nothing but their bias contributes to them.
    public let biasOnlyUnits: Int
  }

  /// What arrived at a place that is looked at.
  public struct Arrival: Codable, Hashable, Sendable {
    /// The layer, or the input.
    public let name: String

    /// The sum of its relevance.
    public let relevance: Float
  }

  /// What the scores started with, such as `target` or `supporting`.
  public let start: String

  /// The composite: an id, or JSON.
  public let composite: String

  /// The operations, from the scores back.
  public let rows: [Row]

  /// What arrived where it was looked at.
  public let arrivals: [Arrival]
}

/// One relevance pass of a compiled plan with a ledger.
package struct LedgerPass: Sendable {
  /// The target that is explained, by its index in the plan.
  package let target: Int

  /// Which relevance it is.
  package let choice: RelevanceChoice

  /// The methods that use the pass, by their indices in the plan.
  package let methods: Set<Int>

  /// Names and operations, in the order of the rows of the output.
  package let rows: [(name: String, operation: String)]

  /// The places that are looked at, whose relevance follows in further rows.
  package let places: [String]

  /// The output `[samples, rows, columns]`.
  package let output: OutputHandle

  /// Whether an item of the plan is made of the relevance of this pass.
  func serves(_ item: PlanItem.Place) -> Bool {
    target == item.target && methods.contains(item.method)
  }

  /// Reads the numbers of a sample.
  ///
  /// - Parameter numbers: Row by row.
  /// - Returns: The ledger of the sample.
  func ledger(_ numbers: [Float]) -> ConservationLedger {
    let width = RelevanceLedger.Column.allCases.count
    let number = { (row: Int, column: RelevanceLedger.Column) -> Float in
      let index = RelevanceLedger.Column.allCases.firstIndex(of: column) ?? 0
      return numbers[row * width + index]
    }
    return ConservationLedger(
      start: "\(choice.output)" + (choice.negatesLastLayer ? ", last layer negated" : ""),
      composite: CompositeText.text(choice.composite),
      rows: rows.enumerated().map { index, row in
        let absorbed = [.passed, .bias, .stabilizer, .dead].map { Double(number(index, $0)) }
        return ConservationLedger.Row(
          name: row.name, operation: row.operation, received: number(index, .received),
          passed: number(index, .passed), bias: number(index, .bias),
          stabilizer: number(index, .stabilizer), dead: number(index, .dead),
          remainder: Float(Double(number(index, .received)) - absorbed.reduce(0, +)),
          biasOnlyUnits: Int(exactly: number(index, .biasOnlyUnits).rounded()) ?? 0)
      },
      arrivals: places.enumerated().map { index, name in
        ConservationLedger.Arrival(name: name, relevance: number(rows.count + index, .received))
      })
  }
}
