/// What is known of an input spread into its gaps, as straight as can be.
///
/// Each unknown value is the mean of its neighbors, `Σ_q w_q u_q = u Σ_q w_q`: on pictures with weights of
/// 1/6 beside and 1/12 at corners, over neighbors that exist; along one axis with equal weights, so that gaps
/// are straight lines, and constant to an end. Without anything known it is the mean of the channel.
/// Rong et al. 2022 (arXiv 2202.00449), section 4; solved by conjugate gradients over a hierarchy of grids.
package enum HarmonicInfill {
  /// Fills gaps of all channels.
  ///
  /// - Parameters:
  ///   - values: `[channels, positions…]` in row-major order; what stands where values are unknown
  ///     counts only where all are.
  ///   - positions: The extents of the positions; along more than two axes each picture of the last two is
  ///     filled on its own.
  ///   - isKnown: For each position whether it is known.
  ///   - tolerance: The largest error, in times the range of what is known.
  /// - Returns: All values, those that are known as they were.
  package static func filled(
    _ values: [Float], positions: [Int], isKnown: [Bool], tolerance: Float = 1e-4
  ) -> [Float] {
    precondition(
      positions.reduce(1, *) == isKnown.count && values.count.isMultiple(of: max(isKnown.count, 1)),
      "there is one mark for each position, and each channel has all positions")
    let (width, rest) = (positions.last ?? 1, positions.dropLast())
    let height = rest.last ?? 1
    let planes = rest.dropLast().reduce(1, *)
    let (plane, count) = (height * width, isKnown.count)
    var result = values
    for start in Swift.stride(from: 0, to: planes * plane, by: plane) {
      let known = isKnown[start..<start + plane]
      let starts = Swift.stride(from: start, to: values.count, by: count).map { $0 }
      if known.allSatisfy({ $0 }) { continue }
      if !known.contains(true) {
        for start in starts { fillWithMean(&result, start..<start + plane) }
      } else if height == 1 {
        for start in starts { fillWithLines(&result, start, Array(known)) }
      } else {
        let picture = PictureInfill(height: height, width: width, isKnown: Array(known))
        for first in Swift.stride(from: 0, to: starts.count, by: 4) {
          let group = starts[first..<min(first + 4, starts.count)]
          picture.fill(&result, channelsAt: Array(group), tolerance: tolerance)
        }
      }
    }
    return result
  }

  private static func fillWithMean(_ values: inout [Float], _ range: Range<Int>) {
    let sum = values[range].reduce(0.0) { $0 + Double($1) }
    let mean = Float(sum / Double(range.count))
    for index in range { values[index] = mean }
  }

  private static func fillWithLines(_ values: inout [Float], _ start: Int, _ isKnown: [Bool]) {
    var before: Int?
    for place in 0...isKnown.count where place == isKnown.count || isKnown[place] {
      let after = place == isKnown.count ? nil : place
      for gap in (before.map { $0 + 1 } ?? 0)..<place {
        let left = before.map { values[start + $0] }
        let right = after.map { values[start + $0] }
        if let left, let right, let before {
          let share = Float(gap - before) / Float(place - before)
          values[start + gap] = left + (right - left) * share
        } else if let end = left ?? right {
          values[start + gap] = end
        }
      }
      before = place
    }
  }
}
