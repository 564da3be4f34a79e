import TensorCore

/// Weights in the layouts that kernels ask for, shared by the programs of an engine.
///
/// Programs of one network differ in samples, methods and layers, and multiply by the same weights.
/// These are known by their contents, as every import of a network and every rewrite makes its own
/// copies. Packed weights live as long as a program uses them.
///
/// Touched on the kernel thread of its engine only.
final class PackedWeights {
  private struct Held {
    let descriptor: MemoryDescriptor
    weak var memory: Memory?
  }

  private var known: [WeightDigest: [Held]] = [:]

  /// Weights in a layout, which are packed unless a program has them already.
  func memory(
    _ digest: WeightDigest, as wanted: MemoryDescriptor,
    packed: () throws(ExecutionError) -> Memory
  ) throws(ExecutionError) -> Memory {
    let alive = (known[digest] ?? []).filter { $0.memory != nil }
    if let memory = alive.first(where: { $0.descriptor == wanted })?.memory { return memory }
    let memory = try packed()
    known = known.filter { $0.value.contains { $0.memory != nil } }
    known[digest] = alive + [Held(descriptor: wanted, memory: memory)]
    return memory
  }
}

/// What tells weights from others: a shape and 128 bits that depend on every number.
struct WeightDigest: Hashable {
  private let shape: Shape
  private let first: UInt64
  private let second: UInt64

  /// Digests plain numbers.
  init(_ memory: Memory) {
    shape = memory.descriptor.shape
    // Four lanes, so that multiplications need not wait for each other.
    var lanes: SIMD4<UInt64> = [
      0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93,
    ]
    let factor = SIMD4<UInt64>(repeating: 0xFF51_AFD7_ED55_8CCD)
    unsafe memory.floats.withMemoryRebound(to: UInt32.self) { numbers in
      var index = 0
      while index + 4 <= numbers.count {
        let part = unsafe SIMD4<UInt64>(
          UInt64(numbers[index]), UInt64(numbers[index + 1]), UInt64(numbers[index + 2]),
          UInt64(numbers[index + 3]))
        lanes = (lanes ^ part) &* factor
        lanes ^= lanes &>> 29
        index += 4
      }
      while index < numbers.count {
        unsafe lanes[index % 4] = (lanes[index % 4] ^ UInt64(numbers[index])) &* factor[0]
        index += 1
      }
    }
    first = WeightDigest.mixed(lanes[0] &+ lanes[2] &* 3, lanes[1])
    second = WeightDigest.mixed(lanes[2] &+ lanes[0] &* 5, lanes[3] &+ lanes[1] &* 7)
  }

  private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var value = (left ^ (right &>> 31)) &* 0xC4CE_B9FE_1A85_EC53
    value ^= value &>> 33
    value = (value ^ right) &* 0x9FB2_1C65_1E98_DF25
    return value ^ (value &>> 32)
  }
}
