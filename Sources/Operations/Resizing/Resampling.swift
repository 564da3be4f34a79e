/// How values between grid points are found.
public enum Interpolation: Hashable, Sendable {
  /// The value of one grid point.
  case nearest(NearestRounding)
  /// A straight line between the two neighbours; constant beyond the ends.
  case linear
}

/// Which grid point is nearest.
public enum NearestRounding: Hashable, Sendable {
  case roundPreferringFloor
  case roundPreferringCeiling
  case floor
  case ceiling
}

/// Where along an input axis each element of an output axis is taken from.
///
/// Output index `j` reads at `scale · j + offset`, in units of input grid points.
public struct AxisMapping: Hashable, Sendable {
  /// Input grid points per output grid point.
  public let scale: Double

  /// Where output index 0 reads.
  public let offset: Double

  /// Creates a mapping.
  public init(scale: Double, offset: Double) {
    self.scale = scale
    self.offset = offset
  }

  /// Cells of both grids cover the same interval: `(j + ½) · scale − ½`.
  public static func halfPixel(scale: Double) -> AxisMapping {
    AxisMapping(scale: scale, offset: 0.5 * scale - 0.5)
  }

  /// The first and last grid points of both grids coincide.
  public static func alignedCorners(input: Int, output: Int) -> AxisMapping {
    AxisMapping(scale: output > 1 ? Double(input - 1) / Double(output - 1) : 0, offset: 0)
  }

  /// Input grid point `i` lies at output position `origin + stride · i`.
  ///
  /// This is the rule under which a layer's grid is aligned with its receptive fields.
  public static func receptiveField(origin: Double, stride: Double) -> AxisMapping {
    AxisMapping(scale: 1 / stride, offset: -origin / stride)
  }
}

/// What one output element of an axis is made of: two grid points and how much of the second.
public struct AxisTap: Hashable, Sendable {
  /// The first grid point.
  public let lower: Int

  /// The second grid point; equal to the first beyond the ends and for nearest neighbours.
  public let upper: Int

  /// The share of the second grid point, 0 to 1.
  public let upperShare: Float

  /// The taps of every output element.
  ///
  /// - Parameters:
  ///   - mapping: Where output elements read.
  ///   - interpolation: How values between grid points are found.
  ///   - input: The extent of the input axis, at least 1.
  ///   - output: The extent of the output axis.
  /// - Returns: One tap pair per output element.
  public static func taps(
    _ mapping: AxisMapping, _ interpolation: Interpolation, input: Int, output: Int
  ) -> [AxisTap] {
    (0..<output).map { index in
      let last = Double(input - 1)
      let source = min(max(mapping.scale * Double(index) + mapping.offset, -1), last + 1)
      switch interpolation {
      case .nearest(let rounding):
        let point = Int(min(max(rounding.rounded(source), 0), last))
        return AxisTap(lower: point, upper: point, upperShare: 0)
      case .linear:
        let inside = min(max(source, 0), last)
        let lower = Int(inside)
        return AxisTap(
          lower: lower, upper: min(lower + 1, input - 1),
          upperShare: Float(inside - Double(lower)))
      }
    }
  }
}

extension NearestRounding {
  fileprivate func rounded(_ source: Double) -> Double {
    switch self {
    case .roundPreferringFloor: (source - 0.5).rounded(.up)
    case .roundPreferringCeiling: (source + 0.5).rounded(.down)
    case .floor: source.rounded(.down)
    case .ceiling: source.rounded(.up)
    }
  }
}
