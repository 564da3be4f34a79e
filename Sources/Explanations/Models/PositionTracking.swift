import Operations
import TensorCore

extension ReceptiveField {
  /// The field with its grid stretched: element `j` lies where `scale · j + offset` did.
  fileprivate func resampled(scale: Double, offset: Double) -> ReceptiveField {
    ReceptiveField(origin: origin + offset * stride, stride: stride * scale, size: size)
  }
}

extension SlidingWindow {
  /// The fields after a kernel that slides over others.
  fileprivate func field(_ field: [ReceptiveField], kernel: [Int]) -> [ReceptiveField]? {
    guard field.count == rank, kernel.count == rank else { return nil }
    return field.indices.map { axis in
      let reach = Double((kernel[axis] - 1) * dilations[axis])
      var result = field[axis].resampled(
        scale: Double(strides[axis]), offset: reach / 2 - Double(paddingBefore[axis]))
      result.size += reach * field[axis].stride
      return result
    }
  }
}

extension Convolution: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    window.field(site.field, kernel: site.inputs[1].positions)
  }
}

extension MaxPooling: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    pooling.window.field(site.field, kernel: pooling.kernel)
  }
}

extension AveragePooling: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    pooling.window.field(site.field, kernel: pooling.kernel)
  }
}

extension TransposedConvolution: PositionTracking {
  /// The inverse of the convolution's stretch.
  func field(at site: PositionSite) -> [ReceptiveField]? {
    let (window, kernel) = (convolution.window, site.inputs[1].positions)
    guard site.field.count == window.rank else { return nil }
    return site.field.indices.map { axis in
      let step = Double(window.strides[axis])
      let reach = Double((kernel[axis] - 1) * window.dilations[axis])
      let offset = (Double(window.paddingBefore[axis]) - reach / 2) / step
      var result = site.field[axis].resampled(scale: 1 / step, offset: offset)
      result.size += (reach / step).rounded(.down) * site.field[axis].stride
      return result
    }
  }
}

extension Slice: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    guard starts.count == site.field.count + 2 else { return nil }
    return site.field.indices.map { axis in
      site.field[axis].resampled(scale: Double(steps[axis + 2]), offset: Double(starts[axis + 2]))
    }
  }
}

extension Pad: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    guard before.count == site.field.count + 2 else { return nil }
    return site.field.indices.map { axis in
      let scale = 1 / Double(between[axis + 2] + 1)
      return site.field[axis].resampled(scale: scale, offset: -Double(before[axis + 2]) * scale)
    }
  }
}

extension Resize: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    guard mappings.count == site.field.count else { return nil }
    return zip(site.field, mappings).map { $0.resampled(scale: $1.scale, offset: $1.offset) }
  }
}

extension Reduction: PositionTracking {
  /// Nothing is left to place once an axis of positions is reduced.
  func field(at site: PositionSite) -> [ReceptiveField]? {
    axes.contains { $0 >= 2 } ? nil : site.field
  }
}

extension Transpose: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    permutation == Array(0..<permutation.count) ? site.field : nil
  }
}

extension Concatenate: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    axis < 2 ? site.field : nil
  }
}

extension Broadcast: PositionTracking {
  func field(at site: PositionSite) -> [ReceptiveField]? {
    site.source.positions == site.result.positions ? site.field : nil
  }
}
