import TensorCore

extension HostTensor {
  /// The same numbers under another shape of equal element count.
  func reshaped(to shape: Shape) -> HostTensor {
    HostTensor(shape: shape, type: type, numbers: numbers)
  }

  /// The numbers at given places of this tensor.
  func taking(_ places: [Int], shape: Shape) -> HostTensor {
    let taken: Numbers =
      switch numbers {
      case .floats(let values): .floats(places.map { values[$0] })
      case .integers(let values): .integers(places.map { values[$0] })
      }
    return HostTensor(shape: shape, type: type, numbers: taken)
  }

  /// The view that starts at `offset` and steps by `strides`.
  func strided(to shape: Shape, offset: Int = 0, strides: [Int]) -> HostTensor {
    taking(
      HostTensor.places(shape.extents, offset: offset, strides: strides), shape: shape)
  }

  /// The places of a strided view, row-major.
  static func places(_ extents: [Int], offset: Int, strides: [Int]) -> [Int] {
    if extents.contains(0) { return [] }
    var places = [offset]
    for (extent, stride) in zip(extents, strides) where extent != 1 {
      var next: [Int] = []
      next.reserveCapacity(places.count * extent)
      for place in places {
        for index in 0..<extent { next.append(place &+ index &* stride) }
      }
      places = next
    }
    return places
  }

  /// The axes reordered; `permutation` must be one.
  func transposed(_ permutation: [Int]) -> HostTensor {
    let strides = shape.strides
    return strided(
      to: Shape(permutation.map { shape[$0] }), strides: permutation.map { strides[$0] })
  }

  /// The tensor repeated to a shape that it broadcasts to.
  func broadcast(to target: Shape) -> HostTensor {
    if target == shape { return self }
    let added = target.rank - shape.rank
    let strides = shape.strides
    return strided(
      to: target,
      strides: (0..<target.rank).map { axis in
        axis < added || shape[axis - added] == 1 ? 0 : strides[axis - added]
      })
  }

  /// The elements with valid indices along one axis.
  func gathered(_ axis: Int, _ indices: [Int]) -> HostTensor {
    let outer = Shape(Array(shape.extents[..<axis])).elementCount
    let inner = Shape(Array(shape.extents[(axis + 1)...])).elementCount
    var places: [Int] = []
    places.reserveCapacity(outer * indices.count * inner)
    for block in 0..<outer {
      for index in indices {
        let start = (block * shape[axis] + index) * inner
        places.append(contentsOf: start..<(start + inner))
      }
    }
    return taking(places, shape: shape.replacing(axis, with: indices.count))
  }

  /// Tensors joined along one axis; they agree beside it.
  static func concatenated(_ parts: [HostTensor], axis: Int) -> HostTensor {
    let first = parts[0].shape
    let outer = Shape(Array(first.extents[..<axis])).elementCount
    let lengths = parts.map { outer == 0 ? 0 : $0.count / outer }
    let shape = first.replacing(axis, with: parts.reduce(0) { $0 + $1.shape[axis] })
    let type = parts[0].type
    func joined<Element>(_ values: [[Element]]) -> [Element] {
      var result: [Element] = []
      for block in 0..<outer {
        for (part, length) in zip(values, lengths) {
          result.append(contentsOf: part[(block * length)..<((block + 1) * length)])
        }
      }
      return result
    }
    if type.isFloatingPoint {
      return HostTensor(shape: shape, type: type, numbers: .floats(joined(parts.map(\.floats))))
    }
    let integers = parts.map { part -> [Int64] in
      if case .integers(let values) = part.numbers { return values }
      return part.integers.map { Int64($0) }
    }
    return HostTensor(shape: shape, type: type, numbers: .integers(joined(integers)))
  }
}
