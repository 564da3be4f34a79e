import Operations
import TensorCore

/// The gradient of the weights of convolutions of each channel by itself, over buffers in blocks of 16
/// channels, `[N, C / 16, positions, 16]`.
///
/// Each block is summed in one order, so that sums do not depend on how many threads there are.
struct DepthwiseWeightGradientKernel {
  private let samples: Int
  private let channels: Int
  private let blocks: Int
  private let input: (rows: Int, columns: Int)
  private let output: (rows: Int, columns: Int)
  private let kernel: (rows: Int, columns: Int)
  private let stride: (rows: Int, columns: Int)
  private let dilation: (rows: Int, columns: Int)
  private let padding: (rows: Int, columns: Int)

  private typealias Block = SIMD16<Float>

  /// Plans a gradient; nil where channels are mixed, or there are more than two axes of positions.
  init?(_ gradient: ConvolutionWeightGradient, input: Shape, output: Shape) {
    let convolution = gradient.convolution
    let window = convolution.window
    guard convolution.groups == input[1], input[1] == output[1], (1...2).contains(window.rank)
    else {
      return nil
    }
    func pair(_ numbers: [Int], _ missing: Int) -> (rows: Int, columns: Int) {
      numbers.count == 2 ? (numbers[0], numbers[1]) : (missing, numbers[0])
    }
    samples = input[0]
    channels = input[1]
    blocks = (input[1] + 15) / 16
    self.input = pair(input.positions, 1)
    self.output = pair(output.positions, 1)
    kernel = pair(gradient.kernel, 1)
    stride = pair(window.strides, 1)
    dilation = pair(window.dilations, 1)
    padding = pair(window.paddingBefore, 0)
  }

  /// Writes the gradient, `[C, 1, taps…]`.
  func sum(_ source: Memory, _ seed: Memory, _ result: Memory) {
    let target = unsafe result.floats
    let taps = kernel.rows * kernel.columns
    ParallelLoop.forEachChunk(blocks) { chunk in
      for block in chunk {
        let sums = sums(of: block, source, seed)
        for lane in 0..<min(16, channels - 16 * block) {
          for tap in 0..<taps { unsafe target[(16 * block + lane) * taps + tap] = sums[tap][lane] }
        }
      }
    }
  }

  private func sums(of block: Int, _ source: Memory, _ seed: Memory) -> [Block] {
    var sums = [Block](repeating: Block(), count: kernel.rows * kernel.columns)
    let (inputs, seeds) = unsafe (blocks(source), blocks(seed))
    for sample in 0..<samples {
      let plane = sample * blocks + block
      let from = unsafe inputs + plane * input.rows * input.columns
      let gradient = unsafe seeds + plane * output.rows * output.columns
      for row in 0..<kernel.rows {
        for column in 0..<kernel.columns {
          unsafe sums[row * kernel.columns + column] += product(from, gradient, row, column)
        }
      }
    }
    return sums
  }

  private func blocks(_ memory: Memory) -> UnsafeMutablePointer<Block> {
    unsafe memory.start.assumingMemoryBound(to: Block.self)
  }

  /// The sum over positions of what one tap saw times the gradient.
  private func product(
    _ from: UnsafeMutablePointer<Block>, _ gradient: UnsafeMutablePointer<Block>, _ row: Int,
    _ column: Int
  ) -> Block {
    let rows = Self.inside(
      row * dilation.rows - padding.rows, stride.rows, input.rows, output.rows)
    let columns = Self.inside(
      column * dilation.columns - padding.columns, stride.columns, input.columns, output.columns)
    var sum = Block()
    for y in rows {
      let start = (y * stride.rows + row * dilation.rows - padding.rows) * input.columns
      let line = start + column * dilation.columns - padding.columns
      for x in columns {
        unsafe sum += from[line + x * stride.columns] * gradient[y * output.columns + x]
      }
    }
    return sum
  }

  /// The output positions for which a tap lies on the input.
  private static func inside(_ offset: Int, _ stride: Int, _ input: Int, _ output: Int) -> Range<
    Int
  > {
    let first = offset >= 0 ? 0 : (stride - 1 - offset) / stride
    let last = input - 1 - offset < 0 ? -1 : (input - 1 - offset) / stride
    return first..<max(first, min(output, last + 1))
  }
}
