public import TensorCore

/// The meaning of a graph node: what it computes from its inputs.
///
/// An operation is a value: its settings are its identity, so two nodes with equal operations and
/// equal inputs compute the same thing.
public protocol Operation: Hashable, Sendable {
  /// The name in printed graphs and in errors, such as `convolution`.
  static var name: String { get }

  /// The settings as printed behind the name; empty when there are none.
  var settings: String { get }

  /// The shape of the result.
  ///
  /// - Parameter inputs: The shapes of the inputs, in order.
  /// - Returns: The shape of the one value that the operation computes.
  /// - Throws: `GraphError` when the operation is not defined on these shapes.
  func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape
}

extension Operation {
  /// Empty: most operations have no settings.
  public var settings: String { "" }

  /// Whether this is the same operation with the same settings as another.
  public func isEqual(to other: any Operation) -> Bool {
    (other as? Self) == self
  }

  /// Throws unless `inputs` has one of the allowed counts.
  public func require(_ inputs: [Shape], count: ClosedRange<Int>) throws(GraphError) {
    guard count.contains(inputs.count) else {
      throw GraphError(
        .shapeMismatch, "\(Self.name) takes \(count) inputs, got \(inputs.count)")
    }
  }

  /// Throws a shape error in this operation's name unless `condition` holds.
  public func require(
    _ condition: Bool, _ message: @autoclosure () -> String
  ) throws(GraphError) {
    guard condition else { throw GraphError(.shapeMismatch, "\(Self.name): \(message())") }
  }
}
