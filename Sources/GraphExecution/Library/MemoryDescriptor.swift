import CDNNL
import TensorCore

/// Number formats that kernels read and write.
enum ElementType: Hashable, Sendable {
  case float32
  case bfloat16

  var libraryType: dnnl_data_type_t {
    switch self {
    case .float32: dnnl_f32
    case .bfloat16: dnnl_bf16
    }
  }
}

/// Shape, number format and layout of a buffer, as the library describes it.
///
/// Equal means that a buffer of one can be read as the other without a reorder.
@safe
final class MemoryDescriptor: Hashable {
  let handle: cdnnl_memory_desc_t

  private init(owning handle: cdnnl_memory_desc_t) {
    unsafe self.handle = handle
  }

  deinit {
    unsafe cdnnl_memory_desc_destroy(handle)
  }

  /// Row-major, without gaps; a tensor of rank zero is described as one of a single axis.
  ///
  /// - Throws: `ExecutionError` for more axes than the library knows (12).
  static func plain(_ shape: Shape, _ type: ElementType = .float32) throws(ExecutionError)
    -> MemoryDescriptor
  {
    try strided(shape, strides: shape.strides, type)
  }

  /// Elements `strides` apart along each axis; a stride of 0 is refused by most primitives.
  ///
  /// - Throws: `ExecutionError` when the strides do not suit the shape.
  static func strided(_ shape: Shape, strides: [Int], _ type: ElementType = .float32)
    throws(ExecutionError) -> MemoryDescriptor
  {
    let extents = shape.rank == 0 ? [1] : shape.extents.map(Int64.init)
    let steps = shape.rank == 0 ? [1] : strides.map(Int64.init)
    guard extents.count == steps.count, extents.count <= Int(DNNL_MAX_NDIMS) else {
      throw ExecutionError(
        .invalidArguments, "shape \(shape) with strides \(strides) has no memory descriptor")
    }
    var handle: cdnnl_memory_desc_t?
    let status = unsafe cdnnl_memory_desc_create_with_strides(
      &handle, Int32(extents.count), extents, type.libraryType, steps)
    try check(status, "memory descriptor \(shape)")
    return try unsafe MemoryDescriptor(owning: created(handle, "memory descriptor"))
  }

  /// A layout for the primitive to choose; no buffer has it.
  ///
  /// - Throws: `ExecutionError` for more axes than the library knows (12).
  static func any(_ shape: Shape, _ type: ElementType = .float32) throws(ExecutionError)
    -> MemoryDescriptor
  {
    let extents = shape.rank == 0 ? [1] : shape.extents.map(Int64.init)
    guard extents.count <= Int(DNNL_MAX_NDIMS) else {
      throw ExecutionError(.invalidArguments, "shape \(shape) has more axes than oneDNN knows")
    }
    var handle: cdnnl_memory_desc_t?
    let status = unsafe cdnnl_memory_desc_create_any(
      &handle, Int32(extents.count), extents, type.libraryType)
    try check(status, "memory descriptor \(shape)")
    return try unsafe MemoryDescriptor(owning: created(handle, "memory descriptor"))
  }

  /// Channels in blocks of 8 or 16, which are innermost; the last block is padded with zeros.
  ///
  /// - Throws: `ExecutionError` for ranks and block sizes that the library has no name for.
  static func channelBlocked(
    _ shape: Shape, block: Int, _ type: ElementType = .float32
  ) throws(ExecutionError) -> MemoryDescriptor {
    let tags: [Int: [Int: dnnl_format_tag_t]] = [
      8: [3: dnnl_aBc8b, 4: dnnl_aBcd8b, 5: dnnl_aBcde8b],
      16: [3: dnnl_aBc16b, 4: dnnl_aBcd16b, 5: dnnl_aBcde16b],
    ]
    guard let tag = tags[block]?[shape.rank] else {
      throw ExecutionError(.unsupported, "no layout of \(shape) in blocks of \(block)")
    }
    var handle: cdnnl_memory_desc_t?
    let status = unsafe cdnnl_memory_desc_create_with_tag(
      &handle, Int32(shape.rank), shape.extents.map(Int64.init), type.libraryType, tag)
    try check(status, "memory descriptor \(shape)")
    return try unsafe MemoryDescriptor(owning: created(handle, "memory descriptor"))
  }

  /// A copy of a descriptor that belongs to the library.
  ///
  /// - Throws: `ExecutionError` when there is no memory for it.
  static func copy(of borrowed: cdnnl_const_memory_desc_t) throws(ExecutionError)
    -> MemoryDescriptor
  {
    var handle: cdnnl_memory_desc_t?
    try unsafe check(cdnnl_memory_desc_clone(&handle, borrowed), "memory descriptor copy")
    return try unsafe MemoryDescriptor(owning: created(handle, "memory descriptor copy"))
  }

  /// Bytes of a buffer in this layout, padding included; 0 while the layout is not chosen.
  var byteCount: Int { unsafe cdnnl_memory_desc_get_size(handle) }

  static func == (left: MemoryDescriptor, right: MemoryDescriptor) -> Bool {
    unsafe left === right || cdnnl_memory_desc_equal(left.handle, right.handle) != 0
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(byteCount)
  }
}
