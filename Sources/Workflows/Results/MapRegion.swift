public import TensorCore

/// A part of an input: a box in a picture, or an interval on the axis of a spectrum.
///
/// The share of a map's positive part that lies within is the energy-based pointing game (Wang et
/// al. 2020, arXiv 1910.01279, section 4.3).
public struct MapRegion: Hashable, Sendable, Codable {
  /// Left, top, right and bottom as shares of a picture's sides, or the ends of an interval in the
  /// units of the axis.
  public let bounds: [Double]

  /// Reads a region as users write it.
  ///
  /// - Parameter text: `left,top,right,bottom` with numbers in 0…1, or `from,to`.
  /// - Throws: `WorkflowError` when it is neither.
  public init(_ text: String) throws(WorkflowError) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }.filter(\.isFinite)
    let isBox =
      numbers.count == 4 && numbers.allSatisfy((0...1).contains) && numbers[0] < numbers[2]
      && numbers[1] < numbers[3]
    let isInterval = numbers.count == 2 && numbers[0] != numbers[1]
    guard numbers.count == parts.count, isBox || isInterval else {
      throw WorkflowError(
        .invalidSetting,
        "a region is left,top,right,bottom in shares of a picture's sides (0,0.5,1,1 is the lower "
          + "half), or from,to on the axis of a spectrum, not \"\(text)\"")
    }
    bounds = numbers
  }

  /// The share of a map's positive part that lies within.
  ///
  /// - Parameters:
  ///   - map: At the positions of the input, `[height, width]` or `[points]`.
  ///   - axis: The positions of a spectrum.
  /// - Returns: 0…1; nil where nothing is positive, or the region is of the other kind.
  public func share(of map: Tensor, axis: [Double]?) -> Double? {
    let isWithin: (Int) -> Bool
    if bounds.count == 4, map.shape.rank == 2 {
      let (height, width) = (map.shape[0], map.shape[1])
      isWithin = { index in
        let x = (Double(index % width) + 0.5) / Double(width)
        let y = (Double(index / width) + 0.5) / Double(height)
        return (bounds[0]...bounds[2]).contains(x) && (bounds[1]...bounds[3]).contains(y)
      }
    } else if bounds.count == 2, let axis, axis.count == map.elements.count {
      let interval = min(bounds[0], bounds[1])...max(bounds[0], bounds[1])
      isWithin = { interval.contains(axis[$0]) }
    } else {
      return nil
    }
    var (within, total) = (0.0, 0.0)
    for (index, value) in map.elements.enumerated() where value > 0 {
      total += Double(value)
      if isWithin(index) { within += Double(value) }
    }
    return total > 0 ? within / total : nil
  }
}
