package import Operations
public import TensorCore

extension Explanation {
  /// Where the grid of the map lies over the input; nil where the map is at its positions.
  package var receptiveFields: [ReceptiveField]? {
    method.method.liesOnInput ? nil : layer?.receptiveFields(over: input)
  }

  /// The map at the positions of the input, interpolated linearly; for plans that do not align maps
  /// themselves.
  ///
  /// - Parameters:
  ///   - positions: The extents of the input's positions, as many as the map has.
  ///   - upsampling: Where grid elements are placed.
  /// - Returns: `[positions…]`.
  public func map(alignedTo positions: [Int], _ upsampling: Upsampling) -> Tensor {
    let isOnGrid = layer?.gridExtents == map.shape.extents
    let fields = isOnGrid ? receptiveFields : nil
    return upsampling.aligned(map, to: positions, fields: fields)
  }
}

extension Layer {
  /// Values on the grid of the layer brought to the positions of the input, interpolated linearly.
  ///
  /// - Parameters:
  ///   - values: `[positions…]` of the grid, such as one channel.
  ///   - positions: The extents of the input's positions.
  ///   - upsampling: Where grid elements are placed.
  /// - Returns: `[positions…]` of the input.
  public func aligned(
    _ values: Tensor, to positions: [Int], _ upsampling: Upsampling
  ) -> Tensor {
    upsampling.aligned(
      values, to: positions, fields: gridExtents == values.shape.extents ? receptiveFields : nil)
  }
}

extension Upsampling {
  /// Values on a grid at the positions of the input; `fields` tell where the grid lies.
  package func aligned(
    _ map: Tensor, to positions: [Int], fields: [ReceptiveField]?
  ) -> Tensor {
    precondition(map.shape.rank == positions.count, "one extent for each axis of the map")
    let grid = map.shape.extents
    if grid == positions, fields.map({ $0.allSatisfy { $0.origin == 0 } }) ?? true { return map }
    let mappings = mappings(from: grid, to: positions, fields: fields)
    var (values, extents) = (map.elements, grid)
    for axis in positions.indices {
      let taps = AxisTap.taps(
        mappings[axis], .linear, input: extents[axis], output: positions[axis])
      let (outer, inner) = (
        extents[..<axis].reduce(1, *), extents[(axis + 1)...].reduce(1, *)
      )
      var result: [Float] = []
      result.reserveCapacity(outer * taps.count * inner)
      for block in 0..<outer {
        let start = block * extents[axis]
        for tap in taps {
          let (lower, upper) = ((start + tap.lower) * inner, (start + tap.upper) * inner)
          for place in 0..<inner {
            let value = values[lower + place]
            result.append(value + (values[upper + place] - value) * tap.upperShare)
          }
        }
      }
      (values, extents[axis]) = (result, positions[axis])
    }
    return Tensor(shape: Shape(extents), elements: values)
  }
}

extension Upsampling {
  /// Where along the axes of a layer's grid each position of the input reads.
  ///
  /// - Parameters:
  ///   - grid: The extents of the grid.
  ///   - positions: The extents of the input's positions.
  ///   - fields: The receptive fields of the layer, where they are known.
  /// - Returns: One mapping per axis.
  package func mappings(
    from grid: [Int], to positions: [Int], fields: [ReceptiveField]?
  ) -> [AxisMapping] {
    positions.indices.map { axis in
      if self == .receptiveField, let field = fields?[axis] {
        return .receptiveField(origin: field.origin, stride: field.stride)
      }
      return .halfPixel(scale: Double(grid[axis]) / Double(positions[axis]))
    }
  }
}
