public import GraphIR

/// The end of a stage of the network: the last layer of one resolution, as a method that joins several
/// looks at it.
public struct MethodStage {
  /// What the method may look at there.
  public let site: MethodSite

  private let alignment: (Value) -> Value

  /// Creates a stage.
  ///
  /// - Parameters:
  ///   - site: What the method may look at there.
  ///   - alignment: Brings a map on the layer's grid to the positions of the input.
  public init(_ site: MethodSite, alignment: @escaping (Value) -> Value) {
    self.site = site
    self.alignment = alignment
  }

  /// A map on the layer's grid, `[samples, 1, positions…]`, at the positions of the input.
  public func aligned(_ map: Value) -> Value { alignment(map) }
}
