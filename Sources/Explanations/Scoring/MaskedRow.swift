/// What stands in an input where a row hides it.
public enum RowFill: Hashable, Sendable {
  /// Zero, in the numbers that the network takes.
  case zero
  /// The darkest sample of a picture, zero before it was prepared.
  case black
  /// The input blurred by a Gaussian of this standard deviation.
  case blur(InputLength)
  /// The mean of each channel of the input.
  case mean
  /// The mean of what the network compares inputs with.
  case background
  /// Straight lines across gaps, from what is left on their sides; along one axis only.
  case line
  /// What is left spread into gaps (harmonic), with noise of so many times the input's range.
  case infill(noise: Double)
  /// Noise of so many times the input's standard deviation around the mean of each channel.
  case noise(Double)
  /// The outline of the mask and nothing of the input: the mean of each channel, and where a position is
  /// kept so many standard deviations of the channel above it.
  case outline(Double)

  /// Whether it depends on what else is hidden.
  var dependsOnMask: Bool {
    switch self {
    case .line, .infill, .outline: true
    case .zero, .black, .blur, .mean, .background, .noise: false
    }
  }
}

/// One masked input: how much of each position is kept, and what stands for the rest.
public struct MaskedRow: Hashable, Sendable {
  /// What is kept of an input.
  public enum Mask: Hashable, Sendable {
    /// All of it.
    case whole
    /// Nothing.
    case nothing
    /// A share of each position, 0…1, in row-major order.
    case shares([Float])
    /// The positions at these places of an order, such as the first half of those that a map ranks
    /// highest; the others are hidden.
    case kept([Int32], Range<Int>)

    /// Hashes a few of many numbers: masks that are equal in them are compared.
    public func hash(into hasher: inout Hasher) {
      switch self {
      case .whole: hasher.combine(0)
      case .nothing: hasher.combine(1)
      case .shares(let shares):
        for place in stride(from: 0, to: shares.count, by: 1 + shares.count / 61) {
          hasher.combine(shares[place])
        }
      case .kept(let order, let places):
        hasher.combine(places)
        for place in stride(from: 0, to: order.count, by: 1 + order.count / 17) {
          hasher.combine(order[place])
        }
      }
    }
  }

  /// What is kept.
  public let mask: Mask

  /// What stands for the rest.
  public let fill: RowFill

  /// Describes a masked input; a whole one is the same with every fill.
  public init(_ mask: Mask, fill: RowFill) {
    self.mask = mask
    self.fill = if case .whole = mask { .zero } else { fill }
  }

  /// The input as it is.
  public static var whole: MaskedRow { MaskedRow(.whole, fill: .zero) }

  /// The share of each of so many positions that is kept, 0…1.
  public func shares(_ count: Int) -> [Float] {
    switch mask {
    case .whole: return [Float](repeating: 1, count: count)
    case .nothing: return [Float](repeating: 0, count: count)
    case .shares(let shares): return shares
    case .kept(let order, let places):
      var shares = [Float](repeating: 0, count: count)
      for place in places { shares[Int(order[place])] = 1 }
      return shares
    }
  }
}
