import TensorCore

extension OperationSite {
  /// A value of `[channels]` that belongs to the channels of the result.
  fileprivate var channelAxes: [AxisOrigin] {
    (0..<result.rank).map { $0 == 1 ? .same(0) : .repeated }
  }

  /// Everything of a channel sees everything else of it.
  fileprivate var coupledAxes: [AxisOrigin] {
    (0..<result.rank).map { $0 == 1 ? .same(1) : .coupled($0) }
  }

  /// `[2, channels]` of `[samples, channels, positions…]`.
  fileprivate var sumAxes: [AxisOrigin] {
    [.mixed((0..<inputs[0].rank).filter { $0 != 1 }), .same(1)]
  }
}

extension BatchNormalization: CoreOperation, UnweightedOperation {
  /// Nothing is known.
  package func sign(at site: SignSite) -> Sign { .any }

  /// Linear in scale and shift together.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[1], [2]]) }

  /// Samples and positions are coupled by the moments.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.coupledAxes, site.channelAxes, site.channelAxes]
  }
}

extension BatchMoments: CoreOperation, UnweightedOperation {
  /// Means have the sign of the input, variances are not negative.
  package func sign(at site: SignSite) -> Sign { site.signs[0] }

  /// Variances are not linear.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// The channels stay.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { [site.sumAxes] }
}

extension BatchNormalizationSums: CoreOperation, UnweightedOperation {
  /// Nothing is known.
  package func sign(at site: SignSite) -> Sign { .any }

  /// Linear in the gradient.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[3]]) }

  /// The channels stay.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.sumAxes, site.channelAxes, site.channelAxes, site.sumAxes]
  }
}

extension BatchNormalizationGradient: CoreOperation, UnweightedOperation {
  /// Nothing is known.
  package func sign(at site: SignSite) -> Sign { .any }

  /// Linear in the scale and in the gradient.
  package func linearity(inputCount: Int) -> Linearity { Linearity([[1, 3]]) }

  /// Samples and positions are coupled by the moments.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    [site.coupledAxes, site.channelAxes, site.channelAxes, site.coupledAxes]
  }
}
