import CDNNL

/// The numbers of a buffer, of 32 or 16 bits, as kernels read and write them.
@unsafe
struct StoredNumbers {
  private let start: UnsafeMutableRawPointer
  private let isNarrow: Bool

  /// The numbers of a memory.
  init(_ memory: Memory) {
    unsafe start = memory.start
    unsafe isNarrow = memory.descriptor.elementType == .bfloat16
  }

  /// The number at a place.
  func number(_ place: Int) -> Float {
    guard unsafe isNarrow else {
      return unsafe start.assumingMemoryBound(to: Float.self)[place]
    }
    let bits = unsafe start.assumingMemoryBound(to: UInt16.self)[place]
    return Float(bitPattern: UInt32(bits) << 16)
  }

  /// Where numbers lie from a place on as `Float`; nil where they do not.
  func floats(_ place: Int) -> UnsafePointer<Float>? {
    guard unsafe !isNarrow else { return nil }
    return unsafe UnsafePointer(start.assumingMemoryBound(to: Float.self) + place)
  }

  /// Copies numbers from a place on.
  func read(_ place: Int, _ count: Int, into target: UnsafeMutablePointer<Float>) {
    if unsafe isNarrow {
      let source = unsafe UnsafePointer(start.assumingMemoryBound(to: UInt16.self) + place)
      unsafe BrainFloat.widen(source, target, count)
    } else {
      unsafe target.update(from: start.assumingMemoryBound(to: Float.self) + place, count: count)
    }
  }

  /// Copies up to 16 numbers of each of some rows, `stride` apart, to places 16 apart, the first of which is
  /// at a multiple of 64 bytes.
  func read(
    _ place: Int, every stride: Int, rows: Int, _ width: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    guard unsafe isNarrow, width == 16 else {
      for row in 0..<rows { unsafe read(place + row * stride, width, into: target + 16 * row) }
      return
    }
    let source = unsafe UnsafePointer(start.assumingMemoryBound(to: UInt16.self) + place)
    if unsafe BrainFloat.hasWideVectors {
      return unsafe cdnnl_widen_blocks(source, stride, target, rows)
    }
    for row in 0..<rows { unsafe BrainFloat.widen(source + row * stride, target + 16 * row, 16) }
  }

  /// Where results from a place on may be written; `scratch` where they have to be narrowed afterwards.
  func target(
    _ place: Int, scratch: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    unsafe isNarrow ? scratch : start.assumingMemoryBound(to: Float.self) + place
  }

  /// Stores results that `target` had to keep in scratch memory.
  func finish(_ place: Int, _ count: Int, scratch: UnsafeMutablePointer<Float>) {
    guard unsafe isNarrow else { return }
    unsafe BrainFloat.narrow(
      scratch, start.assumingMemoryBound(to: UInt16.self) + place, count)
  }
}
