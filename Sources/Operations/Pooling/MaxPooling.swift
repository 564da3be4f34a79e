public import GraphIR
public import TensorCore

/// What slides in a pooling operation: a window and how many taps it has.
public struct PoolingWindow: Hashable, Sendable, CustomStringConvertible {
  /// The taps along each axis.
  public let kernel: [Int]

  /// How the taps slide.
  public let window: SlidingWindow

  /// Creates a pooling window.
  public init(kernel: [Int], window: SlidingWindow) {
    self.kernel = kernel
    self.window = window
  }

  /// The kernel and the window.
  public var description: String {
    "\(kernel.map(String.init).joined(separator: "×")) \(window)"
  }

  /// Whether the padding is shorter than the kernel, as ONNX Runtime asks of poolings.
  package var paddingIsShort: Bool {
    kernel.indices.allSatisfy {
      window.paddingBefore[$0] < kernel[$0] && window.paddingAfter[$0] < kernel[$0]
    }
  }

  /// `[samples, channels, placements…]` for an input of `shape`.
  func outputShape(of shape: Shape) throws(GraphError) -> Shape {
    guard shape.rank >= 3 else {
      throw GraphError(.shapeMismatch, "pooling needs positions, got \(shape)")
    }
    let positions = try window.outputPositions(input: shape.positions, kernel: kernel)
    return Shape([shape[0], shape[1]] + positions)
  }
}

/// The largest value under each placement of a window; padding never wins.
public struct MaxPooling: Operation {
  /// The printed name.
  public static let name = "maxPooling"

  /// What slides.
  public let pooling: PoolingWindow

  /// Creates a max pooling.
  public init(_ pooling: PoolingWindow) {
    self.pooling = pooling
  }

  /// The window.
  public var settings: String { "\(pooling)" }

  /// `[samples, channels, placements…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    return try pooling.outputShape(of: inputs[0])
  }
}

extension MaxPooling: DifferentiableOperation {
  /// The gradient goes to the winner, the first of equals.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(
          MaxPoolingGradient(pooling), [site.inputs[0], site.outputGradient])
      }
    ]
  }
}
