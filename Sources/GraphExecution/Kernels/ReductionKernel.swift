import Operations
import TensorCore

/// Reduces axes of a dense buffer; neighboring axes of one fate are one axis here.
struct ReductionKernel {
  private let function: ReductionFunction
  private var extents: [Int] = []
  private var isReduced: [Bool] = []
  private var inputStrides: [Int] = []
  private var resultStrides: [Int] = []
  private let resultCount: Int

  /// Plans a reduction.
  ///
  /// - Parameters:
  ///   - function: How numbers are combined.
  ///   - extents: The extents of the buffer, outermost first.
  ///   - flags: For every axis, whether it is reduced.
  init(_ function: ReductionFunction, extents: [Int], flags: [Bool]) {
    self.function = function
    for (extent, flag) in zip(extents, flags) where extent != 1 {
      if isReduced.last == flag {
        self.extents[self.extents.count - 1] *= extent
      } else {
        self.extents.append(extent)
        isReduced.append(flag)
      }
    }
    if self.extents.isEmpty { (self.extents, isReduced) = ([1], [false]) }
    var (inputStride, resultStride) = (1, 1)
    for axis in self.extents.indices.reversed() {
      inputStrides.insert(inputStride, at: 0)
      resultStrides.insert(isReduced[axis] ? 0 : resultStride, at: 0)
      inputStride *= self.extents[axis]
      if !isReduced[axis] { resultStride *= self.extents[axis] }
    }
    resultCount = resultStride
  }

  /// Computes `result` from `input`.
  func run(_ input: Memory, _ result: Memory) {
    let source = unsafe UnsafePointer(input.start.assumingMemoryBound(to: Float.self))
    let target = unsafe result.start.assumingMemoryBound(to: Float.self)
    unsafe target.update(repeating: identity, count: resultCount)
    if isReduced[0] {
      return unsafe walk(0, source, target)
    }
    let work = inputStrides[0]
    ParallelLoop.forEachChunk(extents[0], minimumChunk: max(1, 8192 / max(work, 1))) { range in
      if extents.count == 1 {
        return unsafe combine(
          source + range.lowerBound, target + range.lowerBound, range.count, isReduced: false)
      }
      for index in range {
        unsafe walk(1, source + index * inputStrides[0], target + index * resultStrides[0])
      }
    }
  }

  private func walk(
    _ axis: Int, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>
  ) {
    if axis == extents.count - 1 {
      return unsafe combine(source, target, extents[axis], isReduced: isReduced[axis])
    }
    if axis == extents.count - 2, isReduced[axis], !isReduced[axis + 1], extents[axis + 1] == 16 {
      return unsafe foldBlocks(source, target, extents[axis])
    }
    for index in 0..<extents[axis] {
      unsafe walk(
        axis + 1, source + index * inputStrides[axis], target + index * resultStrides[axis])
    }
  }

  /// Folds blocks of sixteen numbers, as of channels, into one.
  private func foldBlocks(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    switch function {
    case .sum: unsafe foldBlocks(source, target, count) { $0 + $1 }
    case .product: unsafe foldBlocks(source, target, count) { $0 * $1 }
    case .maximum:
      unsafe foldBlocks(source, target, count) {
        $1.replacing(with: $0, where: ($0 .> $1) .| ($0 .!= $0))
      }
    case .minimum:
      unsafe foldBlocks(source, target, count) {
        $1.replacing(with: $0, where: ($0 .< $1) .| ($0 .!= $0))
      }
    }
  }

  @inline(__always)
  private func foldBlocks(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int,
    _ function: (SIMD16<Float>, SIMD16<Float>) -> SIMD16<Float>
  ) {
    let slot = UnsafeMutableRawPointer(target)
    var folded = unsafe slot.loadUnaligned(as: SIMD16<Float>.self)
    for block in 0..<count {
      let values = unsafe UnsafeRawPointer(source + block * 16)
        .loadUnaligned(as: SIMD16<Float>.self)
      folded = function(folded, values)
    }
    unsafe slot.storeBytes(of: folded, as: SIMD16<Float>.self)
  }

  private func combine(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int,
    isReduced: Bool
  ) {
    switch function {
    case .sum: unsafe combine(source, target, count, isReduced) { $0 + $1 }
    case .product: unsafe combine(source, target, count, isReduced) { $0 * $1 }
    case .maximum:
      unsafe combine(source, target, count, isReduced) {
        $1.replacing(with: $0, where: ($0 .> $1) .| ($0 .!= $0))
      }
    case .minimum:
      unsafe combine(source, target, count, isReduced) {
        $1.replacing(with: $0, where: ($0 .< $1) .| ($0 .!= $0))
      }
    }
  }

  /// Sixteen numbers at a time; a reduced run is folded in a fixed order, so results repeat.
  @inline(__always)
  private func combine(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int,
    _ isReduced: Bool, _ function: (SIMD16<Float>, SIMD16<Float>) -> SIMD16<Float>
  ) {
    let vectors = count / 16
    var folded = SIMD16<Float>(repeating: identity)
    for vector in 0..<vectors {
      let values = unsafe UnsafeRawPointer(source + vector * 16)
        .loadUnaligned(as: SIMD16<Float>.self)
      if isReduced {
        folded = function(folded, values)
      } else {
        let slot = unsafe UnsafeMutableRawPointer(target + vector * 16)
        let old = unsafe slot.loadUnaligned(as: SIMD16<Float>.self)
        unsafe slot.storeBytes(of: function(old, values), as: SIMD16<Float>.self)
      }
    }
    for index in vectors * 16..<count {
      let slot = isReduced ? 0 : index
      let value = unsafe SIMD16<Float>(repeating: source[index])
      unsafe target[slot] = function(SIMD16(repeating: target[slot]), value)[0]
    }
    guard isReduced, vectors > 0 else { return }
    for lane in 0..<16 {
      let value = SIMD16<Float>(repeating: folded[lane])
      unsafe target[0] = function(SIMD16(repeating: target[0]), value)[0]
    }
  }

  private var identity: Float {
    switch function {
    case .sum: 0
    case .product: 1
    case .maximum: -.infinity
    case .minimum: .infinity
    }
  }
}
