import CDNNL
import TensorCore

/// Where the elements of a blocked buffer lie.
///
/// Element `(i₀, i₁, …)` is in the outer block `iₐ / (product of the inner blocks of axis a)`,
/// outer blocks of axis a are `strides[a]` elements apart, and the inner blocks are dense, the
/// last one innermost.
struct BlockedLayout: Hashable, Sendable {
  struct InnerBlock: Hashable, Sendable {
    let axis: Int
    let size: Int
  }

  let strides: [Int]
  let paddedExtents: [Int]
  let innerBlocks: [InnerBlock]

  /// How many neighbors along `axis` lie in one block; 1 for an axis that is not blocked.
  func blockSize(of axis: Int) -> Int {
    innerBlocks.reduce(1) { $1.axis == axis ? $0 * $1.size : $0 }
  }
}

extension MemoryDescriptor {
  /// The extents without padding.
  var shape: Shape {
    unsafe Shape(list(cdnnl_memory_desc_dims(handle), rank))
  }

  var rank: Int { unsafe Int(cdnnl_memory_desc_ndims(handle)) }

  /// The number format, or nil for one that Vitrine does not use.
  var elementType: ElementType? {
    switch unsafe cdnnl_memory_desc_data_type(handle) {
    case dnnl_f32: .float32
    case dnnl_bf16: .bfloat16
    default: nil
    }
  }

  /// Whether the layout is still for a primitive to choose.
  var isUndecided: Bool {
    unsafe cdnnl_memory_desc_format_kind(handle) == dnnl_format_kind_any
  }

  /// Whether elements are in row-major order without gaps, so that a `Tensor` has the same bytes.
  var isPlain: Bool {
    guard let layout = blocking, layout.innerBlocks.isEmpty else { return false }
    let shape = shape
    guard layout.paddedExtents == shape.extents else { return false }
    // The stride of an axis with one element is never used.
    return zip(zip(layout.strides, shape.strides), shape.extents).allSatisfy { strides, extent in
      extent <= 1 || strides.0 == strides.1
    }
  }

  /// The layout, or nil when it is undecided or opaque.
  var blocking: BlockedLayout? {
    guard unsafe cdnnl_memory_desc_format_kind(handle) == dnnl_blocked,
      unsafe cdnnl_memory_desc_offset(handle) == 0
    else { return nil }
    let rank = rank
    let blockCount = unsafe Int(cdnnl_memory_desc_inner_block_count(handle))
    let sizes = unsafe list(cdnnl_memory_desc_inner_blocks(handle), blockCount)
    let axes = unsafe list(cdnnl_memory_desc_inner_indices(handle), blockCount)
    return unsafe BlockedLayout(
      strides: list(cdnnl_memory_desc_strides(handle), rank),
      paddedExtents: list(cdnnl_memory_desc_padded_dims(handle), rank),
      innerBlocks: zip(axes, sizes).map { BlockedLayout.InnerBlock(axis: $0, size: $1) })
  }

  private func list(_ values: UnsafePointer<Int64>?, _ count: Int) -> [Int] {
    guard let values = unsafe values else { return [] }
    return unsafe UnsafeBufferPointer(start: values, count: count).map { Int($0) }
  }
}

extension MemoryDescriptor: CustomStringConvertible {
  /// Shape and layout, as in `[1×64×56×56] blocked 16 along axis 1`.
  var description: String {
    if isPlain { return "\(shape) plain" }
    if isUndecided { return "\(shape) undecided" }
    guard let blocking else { return "\(shape) opaque" }
    if blocking.innerBlocks.isEmpty { return "\(shape) strides \(blocking.strides)" }
    let blocks = blocking.innerBlocks.map { "\($0.size) along axis \($0.axis)" }
    return "\(shape) blocked " + blocks.joined(separator: ", ")
  }
}
