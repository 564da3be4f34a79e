/// Looks for what is no number, or infinite, in a buffer.
struct UnfitNumbers {
  private let memory: Memory

  /// Takes a buffer of 32- or 16-bit numbers.
  init(_ memory: Memory) {
    self.memory = memory
  }

  /// The rows, along the first axis, that hold what is no number, or infinite where that counts too.
  func rows(of count: Int, infinitiesToo: Bool) -> [Int] {
    guard memory.descriptor.elementType == .float32 else {
      return narrowRows(of: count, infinitiesToo: infinitiesToo)
    }
    if areFinite { return [] }
    let values = unsafe memory.floats
    let width = values.count / count
    // Without the sign, the bits of what is no number are larger than those of an infinity.
    let infinity = Float.infinity.bitPattern
    return (0..<count).filter { row in
      var largest: UInt32 = 0
      for index in row * width..<(row + 1) * width {
        unsafe largest = max(largest, values[index].bitPattern & 0x7FFF_FFFF)
      }
      return infinitiesToo ? largest >= infinity : largest > infinity
    }
  }

  /// Whether zero times every number is zero, which is asked faster than of which row it is not.
  private var areFinite: Bool {
    let values = unsafe memory.floats
    let vectors = values.count / 16
    var sums = SIMD16<Float>()
    for index in 0..<vectors {
      let start = unsafe UnsafeRawPointer(memory.start) + 64 * index
      unsafe sums += start.loadUnaligned(as: SIMD16<Float>.self) * 0
    }
    var sum = sums.sum()
    for index in 16 * vectors..<values.count { unsafe sum += values[index] * 0 }
    return sum == 0
  }

  private func narrowRows(of count: Int, infinitiesToo: Bool) -> [Int] {
    let values = unsafe memory.start.assumingMemoryBound(to: UInt16.self)
    let width = memory.descriptor.byteCount / 2 / count
    let infinity = UInt16(Float.infinity.bitPattern >> 16)
    return (0..<count).filter { row in
      var largest: UInt16 = 0
      for index in row * width..<(row + 1) * width {
        unsafe largest = max(largest, values[index] & 0x7FFF)
      }
      return infinitiesToo ? largest >= infinity : largest > infinity
    }
  }
}
