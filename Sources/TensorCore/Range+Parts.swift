extension Range<Int> {
  /// The range in parts of one length, the last of which may be shorter.
  ///
  /// - Parameter size: How long parts are, at least 1.
  /// - Returns: The parts in order.
  package func parts(of size: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: size).map {
      $0..<Swift.min($0 + size, upperBound)
    }
  }
}
