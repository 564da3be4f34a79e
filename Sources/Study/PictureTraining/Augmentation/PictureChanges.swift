import TensorCore

extension Tensor {
  /// A picture with the pixels of another one at some positions.
  ///
  /// - Parameters:
  ///   - other: Of the same shape, `[channels, rows, columns]`.
  ///   - isReplaced: Asked with the index of a position in row-major order.
  /// - Returns: A picture of the same shape.
  func replacing(by other: Tensor, where isReplaced: (Int) -> Bool) -> Tensor {
    let count = shape[1] * shape[2]
    var elements = elements
    for position in 0..<count where isReplaced(position) {
      for index in stride(from: position, to: elements.count, by: count) {
        elements[index] = other.elements[index]
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// A picture with a box of another one pasted in.
  ///
  /// - Parameters:
  ///   - source: The box that is taken.
  ///   - other: From where, `[channels, rows, columns]` as this one.
  ///   - target: Where it goes; as large.
  /// - Returns: A picture of the same shape.
  func pasting(_ source: PixelBox, of other: Tensor, at target: PixelBox) -> Tensor {
    let (height, width) = (shape[1], shape[2])
    var elements = elements
    for plane in stride(from: 0, to: elements.count, by: height * width) {
      for row in 0..<source.rows {
        let from = plane + (source.top + row) * width + source.left
        let to = plane + (target.top + row) * width + target.left
        elements.replaceSubrange(
          to..<to + source.columns, with: other.elements[from..<from + source.columns])
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// A box of a picture stretched to the whole, linear between the middles of pixels.
  ///
  /// - Parameter box: A box within.
  /// - Returns: A picture of the same shape.
  func enlarged(_ box: PixelBox) -> Tensor {
    let (height, width) = (shape[1], shape[2])
    let rows = LinearTap.taps(from: box.top, count: box.rows, to: height)
    let columns = LinearTap.taps(from: box.left, count: box.columns, to: width)
    var elements: [Float] = []
    elements.reserveCapacity(self.elements.count)
    for plane in stride(from: 0, to: self.elements.count, by: height * width) {
      for row in rows {
        let (upper, lower) = (plane + row.first * width, plane + row.second * width)
        for column in columns {
          let above = column.value(self.elements, from: upper)
          elements.append(row.value(above, column.value(self.elements, from: lower)))
        }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }
}

/// Between which two pixels a position lies.
private struct LinearTap {
  let first: Int
  let second: Int
  let share: Float

  func value(_ one: Float, _ other: Float) -> Float { one + share * (other - one) }

  func value(_ elements: [Float], from start: Int) -> Float {
    value(elements[start + first], elements[start + second])
  }

  static func taps(from start: Int, count: Int, to extent: Int) -> [LinearTap] {
    (0..<extent).map { place in
      let middle = (Float(place) + 0.5) * Float(count) / Float(extent) - 0.5
      let inside = min(max(middle, 0), Float(count - 1))
      let first = Int(inside)
      return LinearTap(
        first: start + first, second: start + min(first + 1, count - 1),
        share: inside - Float(first))
    }
  }
}
