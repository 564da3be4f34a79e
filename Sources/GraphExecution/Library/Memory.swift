import CDNNL
import Foundation
import TensorCore

/// Bytes aligned for vector instructions, freed with the object.
@safe
final class AlignedBuffer: @unchecked Sendable {
  // Addresses never change; whoever shares a buffer sees to it that bytes are used by one at a time.
  let start: UnsafeMutableRawPointer
  let byteCount: Int

  /// Cache lines are 64 bytes, as are the widest vectors.
  static let alignment = 64

  /// From this size on, bytes come from the system in whole pages and go back to it at once; the
  /// allocator of the process would keep them.
  private static let mappedByteCount = 1 << 18

  /// Allocates uninitialized bytes.
  ///
  /// - Throws: `ExecutionError` when there are not as many.
  init(byteCount: Int) throws(ExecutionError) {
    var allocated: UnsafeMutableRawPointer?
    if byteCount >= Self.mappedByteCount {
      let pages = unsafe mmap(
        nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANONYMOUS), -1, 0)
      unsafe allocated = pages == MAP_FAILED ? nil : pages
    } else {
      let status = unsafe posix_memalign(&allocated, Self.alignment, max(byteCount, 1))
      if status != 0 { unsafe allocated = nil }
    }
    guard let allocated = unsafe allocated else {
      throw ExecutionError(
        .outOfMemory, "no \(byteCount) bytes of memory; use fewer samples or smaller inputs")
    }
    self.byteCount = byteCount
    unsafe start = allocated
  }

  /// Allocates zeros; a size that the machine does not have is refused.
  ///
  /// - Throws: `ExecutionError` when the machine has less memory than that.
  static func zeroed(byteCount: Int) throws(ExecutionError) -> AlignedBuffer {
    let buffer = try AlignedBuffer(byteCount: byteCount)
    // Fresh pages are zeros.
    if byteCount < mappedByteCount {
      unsafe buffer.start.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 1))
    }
    return buffer
  }

  /// Addresses that take memory only where they are touched.
  ///
  /// - Parameter byteCount: At least a quarter of a mebibyte.
  /// - Returns: Nil when the system refuses.
  static func reserved(byteCount: Int) -> AlignedBuffer? {
    guard byteCount >= mappedByteCount else { return nil }
    let pages = unsafe mmap(
      nil, byteCount, PROT_READ | PROT_WRITE,
      MAP_PRIVATE | Int32(MAP_ANONYMOUS) | Int32(MAP_NORESERVE), -1, 0)
    guard let pages = unsafe pages, unsafe pages != MAP_FAILED else { return nil }
    return unsafe AlignedBuffer(start: pages, byteCount: byteCount)
  }

  private init(start: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe self.start = start
    self.byteCount = byteCount
  }

  /// Writes one byte over the first bytes.
  func fill(_ byte: UInt8, count: Int) {
    unsafe start.initializeMemory(as: UInt8.self, repeating: byte, count: min(count, byteCount))
  }

  /// Gives the whole pages among some bytes back to the system; what they held is lost.
  func forget(_ bytes: Range<Int>) {
    let page = Int(getpagesize())
    let first = (bytes.lowerBound + page - 1) / page * page
    guard byteCount >= Self.mappedByteCount, first < bytes.upperBound else { return }
    unsafe madvise(start + first, bytes.upperBound - first, MADV_DONTNEED)
  }

  deinit {
    if byteCount >= Self.mappedByteCount {
      unsafe munmap(start, byteCount)
    } else {
      unsafe free(start)
    }
  }
}

/// A buffer with a layout, as primitives take it.
///
/// oneDNN 2.x writes zeros into the padding of a padded layout whenever a memory object is made
/// over a buffer, so make the objects before the buffer holds anything that matters.
@safe
final class Memory {
  let descriptor: MemoryDescriptor
  let handle: dnnl_memory_t

  /// The first byte; aligned to 64 bytes when the memory owns it.
  let start: UnsafeMutableRawPointer

  private let owner: AlignedBuffer
  private let offset: Int

  /// A new buffer; its contents are undefined.
  ///
  /// - Throws: `ExecutionError` when the layout is undecided or memory is short.
  convenience init(allocating descriptor: MemoryDescriptor, engine: Engine)
    throws(ExecutionError)
  {
    try self.init(
      descriptor, in: AlignedBuffer(byteCount: descriptor.byteCount), at: 0, engine: engine)
  }

  /// A part of `buffer`, which is kept alive.
  ///
  /// - Parameters:
  ///   - descriptor: Shape and layout; decided.
  ///   - buffer: Holds at least `offset` + `descriptor.byteCount` bytes.
  ///   - offset: In bytes; a multiple of 64 is fastest.
  ///   - engine: The engine whose primitives use the memory.
  /// - Throws: `ExecutionError` when the layout is undecided.
  init(_ descriptor: MemoryDescriptor, in buffer: AlignedBuffer, at offset: Int, engine: Engine)
    throws(ExecutionError)
  {
    precondition(
      offset >= 0 && offset + descriptor.byteCount <= buffer.byteCount,
      "memory lies within its buffer")
    let start = unsafe buffer.start + offset
    unsafe self.start = start
    self.descriptor = descriptor
    owner = buffer
    self.offset = offset
    var handle: dnnl_memory_t?
    let status = unsafe cdnnl_memory_create(&handle, descriptor.handle, engine.handle, start)
    try check(status, "dnnl_memory_create of \(descriptor)")
    unsafe self.handle = try unsafe created(handle, "dnnl_memory_create")
  }

  deinit {
    unsafe dnnl_memory_destroy(handle)
  }

  /// The same bytes under another descriptor that needs no more of them.
  ///
  /// - Throws: `ExecutionError` when the layout is undecided.
  func viewed(as descriptor: MemoryDescriptor, engine: Engine) throws(ExecutionError) -> Memory {
    try Memory(descriptor, in: owner, at: offset, engine: engine)
  }

  /// A memory of its own with the same bytes.
  ///
  /// - Throws: `ExecutionError` when there is no memory for it.
  func copied(engine: Engine) throws(ExecutionError) -> Memory {
    let copy = try Memory(allocating: descriptor, engine: engine)
    unsafe copy.start.copyMemory(from: start, byteCount: descriptor.byteCount)
    return copy
  }

  /// The values of a plain `Float` buffer; valid while the memory is.
  var floats: UnsafeMutableBufferPointer<Float> {
    precondition(descriptor.elementType == .float32, "memory holds Float32")
    let count = descriptor.byteCount / MemoryLayout<Float>.stride
    return unsafe UnsafeMutableBufferPointer(
      start: start.assumingMemoryBound(to: Float.self), count: count)
  }

  /// The numbers of a buffer of `Float` in blocks of 16 channels; valid while the memory is.
  var blocks: UnsafeMutablePointer<SIMD16<Float>> {
    unsafe start.assumingMemoryBound(to: SIMD16<Float>.self)
  }

  /// Copies a tensor's values in; the layout is plain `Float32` and as large as the tensor.
  func write(_ values: [Float]) {
    precondition(descriptor.isPlain, "only plain memory can be written")
    let target = unsafe floats
    precondition(values.count == target.count, "as many values as the memory holds")
    _ = unsafe target.update(fromContentsOf: values)
  }

  /// A tensor with a copy of the values; the layout is plain `Float32`.
  func read() -> Tensor {
    precondition(descriptor.isPlain, "only plain memory can be read")
    return unsafe Tensor(shape: descriptor.shape, elements: Array(floats))
  }
}
