import TensorCore

/// A box of pixels.
struct PixelBox: Hashable {
  let top: Int
  let left: Int
  let rows: Int
  let columns: Int

  init(top: Int, left: Int, rows: Int, columns: Int) {
    (self.top, self.left, self.rows, self.columns) = (top, left, rows, columns)
  }

  /// The smallest box around marked positions; all where none is marked.
  ///
  /// - Parameters:
  ///   - marked: In row-major order.
  ///   - shape: `[rows, columns]`.
  init(around marked: [Bool], _ shape: Shape) {
    let (height, width) = (shape[0], shape[1])
    var (first, last) = ((height, width), (-1, -1))
    for index in marked.indices where marked[index] {
      let (row, column) = (index / width, index % width)
      first = (min(first.0, row), min(first.1, column))
      last = (max(last.0, row), max(last.1, column))
    }
    let isEmpty = last.0 < 0
    self.init(
      top: isEmpty ? 0 : first.0, left: isEmpty ? 0 : first.1,
      rows: isEmpty ? height : last.0 - first.0 + 1,
      columns: isEmpty ? width : last.1 - first.1 + 1)
  }

  /// The box with a margin of a share of each side of the picture on both of its sides, as far as there is
  /// room.
  func grown(by share: Double, within shape: Shape) -> PixelBox {
    let margin = (Int(share * Double(shape[0])), Int(share * Double(shape[1])))
    let start = (max(0, top - margin.0), max(0, left - margin.1))
    return PixelBox(
      top: start.0, left: start.1, rows: min(shape[0], top + rows + margin.0) - start.0,
      columns: min(shape[1], left + columns + margin.1) - start.1)
  }
}

/// A Gaussian in the middle, by whose order positions are marked.
struct MiddleSpot {
  private let order: [Int]

  init(_ shape: Shape) {
    let (height, width) = (Double(shape[0]), Double(shape[1]))
    let distances = (0..<shape.elementCount).map { index -> Double in
      let row = (Double(index / shape[1]) + 0.5) / height - 0.5
      let column = (Double(index % shape[1]) + 0.5) / width - 0.5
      return row * row + column * column
    }
    order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
  }

  /// The nearest positions to the middle.
  func marked(count: Int) -> [Bool] {
    var marked = [Bool](repeating: false, count: order.count)
    for index in order.prefix(count) { marked[index] = true }
    return marked
  }
}

extension Tensor {
  /// Which positions of a map reach a share of the way from its least to its greatest value.
  func marked(from share: Float) -> [Bool] {
    let (least, most) = (elements.min() ?? 0, elements.max() ?? 0)
    let limit = least + share * (most - least)
    return elements.map { most > least && $0 >= limit }
  }

  /// The share of a map's positive values that lies in a box; that of the area where there are none.
  func mass(in box: PixelBox) -> Float {
    let width = shape[1]
    var (inside, all) = (0.0, 0.0)
    for (index, value) in elements.enumerated() where value > 0 {
      all += Double(value)
      let isInside =
        (box.top..<box.top + box.rows).contains(index / width)
        && (box.left..<box.left + box.columns).contains(index % width)
      if isInside { inside += Double(value) }
    }
    guard all > 0 else { return Float(box.rows * box.columns) / Float(elements.count) }
    return Float(inside / all)
  }
}

extension [Bool] {
  /// The same marks at another place, going on at the opposite edge.
  func moved(_ shape: Shape, using generator: inout SplitMix64) -> [Bool] {
    let (height, width) = (shape[0], shape[1])
    let (down, right) = (generator.next(below: height), generator.next(below: width))
    return indices.map { index in
      let row = (index / width + height - down) % height
      return self[row * width + (index % width + width - right) % width]
    }
  }
}
