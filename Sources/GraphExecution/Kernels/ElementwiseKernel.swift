import GraphIR
import Operations
import TensorCore

/// Runs an elementwise program over buffers, run by run, on all threads.
///
/// Reading a run into a register costs a copy only where an operand is repeated.
struct ElementwiseKernel {
  let instructions: [ElementwiseInstruction]
  let walk: StridedWalk

  /// Channels that exist only as padding of the last block, to be zeroed; 0 when there are none.
  let padding: ChannelPadding?

  /// How many numbers one run holds: the registers of a program fit in the second-level cache.
  private static let runLength = 1024

  /// Computes `result` from `inputs`, which are laid out as the walk says.
  func run(_ inputs: [Memory], _ result: Memory) {
    let tileCount = walk.tileCount
    let chunks = (tileCount + Self.runLength - 1) / Self.runLength
    let smallest = max(1, 16 * Self.runLength / max(1, min(tileCount, Self.runLength)))
    ParallelLoop.forEachChunk(walk.outerCount * chunks, minimumChunk: smallest) { range in
      var state = unsafe ElementwiseState(self, inputs, result, runLength: Self.runLength)
      for index in range {
        let (tile, chunk) = index.quotientAndRemainder(dividingBy: chunks)
        let start = chunk * Self.runLength
        unsafe state.run(tile: tile, start: start, count: min(Self.runLength, tileCount - start))
      }
      unsafe state.deallocate()
    }
    unsafe padding?.clear(result.floats)
  }
}

/// Registers and pointers of one thread.
@unsafe
private struct ElementwiseState {
  private let kernel: ElementwiseKernel
  private let inputs: [UnsafePointer<Float>]
  private let result: UnsafeMutablePointer<Float>
  private let registers: UnsafeMutablePointer<Float>
  private let loads: UnsafeMutablePointer<Float>
  private let runLength: Int

  init(_ kernel: ElementwiseKernel, _ inputs: [Memory], _ result: Memory, runLength: Int) {
    unsafe self.kernel = kernel
    unsafe self.runLength = runLength
    unsafe self.inputs = unsafe inputs.map {
      unsafe UnsafePointer($0.start.assumingMemoryBound(to: Float.self))
    }
    unsafe self.result = result.start.assumingMemoryBound(to: Float.self)
    unsafe registers = .allocate(capacity: kernel.instructions.count * runLength)
    unsafe loads = .allocate(capacity: max(1, inputs.count) * runLength)
  }

  func deallocate() {
    unsafe registers.deallocate()
    unsafe loads.deallocate()
  }

  mutating func run(tile: Int, start: Int, count: Int) {
    var operands: [RunOperand] = unsafe []
    for index in unsafe inputs.indices {
      unsafe operands.append(load(index, tile: tile, start: start, count: count))
    }
    let last = unsafe kernel.instructions.count - 1
    for index in 0...last {
      let target =
        unsafe index == last
        ? result + tile * kernel.walk.tileCount + start : registers + index * runLength
      unsafe execute(kernel.instructions[index], operands, target, count)
    }
  }

  private func execute(
    _ instruction: ElementwiseInstruction, _ operands: [RunOperand],
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    func operand(_ operand: ElementwiseOperand) -> RunOperand {
      switch operand {
      case .input(let index): unsafe operands[index]
      case .register(let index): unsafe .run(UnsafePointer(registers + index * runLength))
      case .number(let number): unsafe .number(number)
      }
    }
    switch instruction {
    case .unary(let function, let x):
      unsafe UnaryKernels.apply(function, operand(x), target, count)
    case .binary(let function, let x, let y):
      unsafe BinaryKernels.apply(function, operand(x), operand(y), target, count)
    case .select(let condition, let x, let y):
      unsafe BinaryKernels.select(operand(condition), operand(x), operand(y), target, count)
    case .gate(let x, let tested, let interval):
      unsafe BinaryKernels.gate(operand(x), operand(tested), interval, target, count)
    case .copy(let x): unsafe BinaryKernels.copy(operand(x), target, count)
    }
  }

  /// The part of an operand under a run: in place, one number, or copied out.
  private func load(_ index: Int, tile: Int, start: Int, count: Int) -> RunOperand {
    let walk = unsafe kernel.walk
    let axes = walk.extents.count
    let columns = walk.extents[axes - 1]
    let (rowStride, columnStride) = (walk.strides[index][axes - 2], walk.strides[index][axes - 1])
    let base = unsafe inputs[index] + walk.start(of: index, tile: tile)
    if columnStride == 1 && (rowStride == columns || walk.extents[axes - 2] == 1) {
      return unsafe .run(base + start)
    }
    if columnStride == 0 && rowStride == 0 { return unsafe .number(base[0]) }
    let target = unsafe loads + index * runLength
    var (row, column) = start.quotientAndRemainder(dividingBy: columns)
    if column == 0 && columnStride == 0 && columns >= count {
      return unsafe .number(base[row * rowStride])
    }
    var filled = 0
    while filled < count {
      let length = min(columns - column, count - filled)
      let source = unsafe base + row * rowStride + column * columnStride
      if columnStride == 0 {
        unsafe (target + filled).update(repeating: source[0], count: length)
      } else {
        unsafe (target + filled).update(from: source, count: length)
      }
      filled += length
      (row, column) = (row + 1, 0)
    }
    return unsafe .run(UnsafePointer(target))
  }
}

/// The channels that only fill up the last block of a blocked layout.
struct ChannelPadding {
  let samples: Int
  let blocks: Int
  let positions: Int
  let block: Int
  let used: Int

  /// The padding of a shape in a layout, or nil when there is none.
  init?(_ shape: Shape, _ layout: DataLayout) {
    guard case .channelBlocked(let block) = layout, shape.rank >= 3, shape[1] % block != 0 else {
      return nil
    }
    samples = shape[0]
    blocks = (shape[1] + block - 1) / block
    positions = shape.positions.reduce(1, *)
    self.block = block
    used = shape[1] % block
  }

  /// Writes zeros there, which the library's kernels rely on.
  func clear(_ values: UnsafeMutableBufferPointer<Float>) {
    for sample in 0..<samples {
      let start = (sample * blocks + blocks - 1) * positions * block
      for position in 0..<positions {
        let first = start + position * block
        for channel in used..<block { unsafe values[first + channel] = 0 }
      }
    }
  }
}
