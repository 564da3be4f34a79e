import CDNNL
import Operations
import TensorCore

/// The gradient of the weights of convolutions of each channel by itself, over blocks of 16 channels of one
/// sample at a time.
///
/// Each block is summed in one order, so that sums do not depend on how many threads there are.
struct DepthwiseWeightGradientKernel {
  private let samples: Int
  private let channels: Int
  private let planes: (input: ChannelPlanes, output: ChannelPlanes)
  private let frames: (input: PlaneFrame, output: PlaneFrame)
  private let kernel: Extents
  private let stride: Extents
  private let dilation: Extents

  private typealias Block = SIMD16<Float>
  private typealias Extents = (rows: Int, columns: Int)

  /// Whether there is a kernel: where channels are not mixed, and have one or two axes of positions.
  static func suits(_ gradient: ConvolutionWeightGradient, input: Shape, output: Shape) -> Bool {
    gradient.convolution.groups == input[1] && input[1] == output[1]
      && (1...2).contains(gradient.convolution.window.rank)
  }

  /// Plans a gradient; nil where there is no kernel for it, or for one of the layouts.
  init?(
    _ gradient: ConvolutionWeightGradient, input: (shape: Shape, layout: MemoryDescriptor),
    output: (shape: Shape, layout: MemoryDescriptor)
  ) {
    let window = gradient.convolution.window
    guard Self.suits(gradient, input: input.shape, output: output.shape),
      let inputPlanes = ChannelPlanes(input.shape, input.layout),
      let outputPlanes = ChannelPlanes(output.shape, output.layout)
    else {
      return nil
    }
    func pair(_ numbers: [Int], _ missing: Int) -> Extents {
      numbers.count == 2 ? (numbers[0], numbers[1]) : (missing, numbers[0])
    }
    samples = input.shape[0]
    channels = input.shape[1]
    planes = (inputPlanes, outputPlanes)
    kernel = pair(gradient.kernel, 1)
    stride = pair(window.strides, 1)
    dilation = pair(window.dilations, 1)
    let padding = pair(window.paddingBefore, 0)
    let placements = pair(output.shape.positions, 1)
    frames = (
      // What the taps see.
      PlaneFrame(
        rows: (placements.rows - 1) * stride.rows + (kernel.rows - 1) * dilation.rows + 1,
        columns: (placements.columns - 1) * stride.columns
          + (kernel.columns - 1) * dilation.columns + 1,
        top: padding.rows, left: padding.columns),
      PlaneFrame(rows: placements.rows, columns: placements.columns)
    )
  }

  /// Writes the gradient, `[C, 1, taps…]`.
  func sum(_ source: Memory, _ seed: Memory, _ result: Memory) {
    let target = unsafe result.floats
    let taps = kernel.rows * kernel.columns
    ParallelLoop.forEachChunk(planes.input.blocks) { chunk in
      let scratch = unsafe Scratch(taps, frames)
      for block in chunk {
        unsafe scratch.clearSums()
        for sample in 0..<samples {
          unsafe planes.input.copy(
            source, sample: sample, block: block, in: frames.input, to: scratch.input)
          unsafe planes.output.copy(
            seed, sample: sample, block: block, in: frames.output, to: scratch.gradient)
          unsafe add(scratch)
        }
        for lane in 0..<min(16, channels - 16 * block) {
          for tap in 0..<taps {
            unsafe target[(16 * block + lane) * taps + tap] = scratch.sums[16 * tap + lane]
          }
        }
      }
      unsafe scratch.deallocate()
    }
  }

  /// Adds what one plane gives to the sums.
  private func add(_ scratch: Scratch) {
    var plane = cdnnl_depthwise_plane(
      output_rows: frames.output.rows, output_columns: frames.output.columns,
      input_columns: frames.input.columns, row_stride: stride.rows,
      column_stride: stride.columns, row_dilation: dilation.rows,
      column_dilation: dilation.columns, kernel_rows: kernel.rows, kernel_columns: kernel.columns)
    if unsafe BrainFloat.hasWideVectors,
      unsafe cdnnl_depthwise_add(scratch.input, scratch.gradient, scratch.sums, &plane)
    {
      return
    }
    for row in 0..<kernel.rows {
      for column in 0..<kernel.columns {
        let sum = unsafe scratch.blocks(scratch.sums) + row * kernel.columns + column
        unsafe sum.pointee += product(scratch, row, column)
      }
    }
  }

  /// The sum over positions of what one tap saw times the gradient.
  private func product(_ scratch: Scratch, _ row: Int, _ column: Int) -> Block {
    let (input, gradient) = unsafe (
      scratch.blocks(scratch.input), scratch.blocks(scratch.gradient)
    )
    var sum = Block()
    for y in 0..<frames.output.rows {
      let line = (y * stride.rows + row * dilation.rows) * frames.input.columns
      let from = unsafe input + line + column * dilation.columns
      let passed = unsafe gradient + y * frames.output.columns
      for x in 0..<frames.output.columns {
        unsafe sum += from[x * stride.columns] * passed[x]
      }
    }
    return sum
  }
}

/// The planes and sums of one thread.
@unsafe
private struct Scratch {
  let sums: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let input: UnsafeMutablePointer<Float>
  private let sumCount: Int

  /// Allocates zeros.
  init(_ taps: Int, _ frames: (input: PlaneFrame, output: PlaneFrame)) {
    unsafe sumCount = 16 * taps
    let count = 16 * taps + frames.output.numberCount + frames.input.numberCount
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 4 * count, alignment: 64)
    unsafe sums = bytes.initializeMemory(as: Float.self, repeating: 0, count: count)
    unsafe gradient = unsafe sums + 16 * taps
    unsafe input = unsafe gradient + frames.output.numberCount
  }

  func clearSums() { unsafe sums.update(repeating: 0, count: sumCount) }

  func blocks(_ numbers: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<SIMD16<Float>> {
    unsafe UnsafeMutableRawPointer(numbers).assumingMemoryBound(to: SIMD16<Float>.self)
  }

  func deallocate() { unsafe sums.deallocate() }
}
