import TensorCore

/// Batch normalization over buffers in blocks of 16 channels, `[N, C / 16, positions, 16]`.
///
/// Sums are taken plane by plane, a plane being one block of one sample, and then over the samples
/// in their order, so that they do not depend on how many threads there are.
struct BatchNormalizationKernel {
  private let samples: Int
  private let channels: Int
  private let blocks: Int
  private let positions: Int
  private let epsilon: Float
  private let isRectified: Bool

  /// Plans a normalization of values of `shape`.
  init(_ shape: Shape, epsilon: Float = 0, isRectified: Bool = false) {
    samples = shape[0]
    channels = shape[1]
    blocks = (shape[1] + 15) / 16
    positions = shape.positions.reduce(1, *)
    self.epsilon = epsilon
    self.isRectified = isRectified
  }

  private typealias Block = SIMD16<Float>

  /// One channel block's numbers: normalized input is `x · gain + offset`, and the result is
  /// `x · slope + intercept`.
  private struct BlockNumbers {
    var gain = Block()
    var offset = Block()
    var slope = Block()
    var intercept = Block()
  }

  /// Writes means and variances, `[2, C]`.
  func moments(_ input: Memory, _ result: Memory) {
    let source = unsafe input.blocks
    var partial = [Block](repeating: Block(), count: 2 * samples * blocks)
    sumPlanes(&partial) { plane in
      let start = unsafe source + plane * positions
      var sum = Block()
      for position in 0..<positions { unsafe sum += start[position] }
      let mean = sum / Float(positions)
      var squares = Block()
      for position in 0..<positions {
        let difference = unsafe start[position] - mean
        squares += difference * difference
      }
      return (mean, squares)
    }
    let target = unsafe result.floats
    for block in 0..<blocks {
      var mean = Block()
      for sample in 0..<samples { mean += partial[2 * (sample * blocks + block)] }
      mean /= Float(samples)
      var squares = Block()
      for sample in 0..<samples {
        let difference = partial[2 * (sample * blocks + block)] - mean
        squares += partial[2 * (sample * blocks + block) + 1]
        squares += difference * difference * Float(positions)
      }
      let variance = squares / Float(samples * positions)
      for lane in 0..<min(16, channels - block * 16) {
        unsafe target[block * 16 + lane] = mean[lane]
        unsafe target[channels + block * 16 + lane] = variance[lane]
      }
    }
  }

  /// Writes the normalized, scaled and shifted input.
  func normalize(
    _ input: Memory, moments: Memory, scale: Memory, shift: Memory, _ result: Memory
  ) {
    let (source, target) = unsafe (input.blocks, result.blocks)
    let numbers = numbers(moments, scale, shift)
    let floor = Block(repeating: isRectified ? 0 : -.infinity)
    forEachPlane { plane in
      let block = numbers[plane % blocks]
      let (from, to) = unsafe (source + plane * positions, target + plane * positions)
      for position in 0..<positions {
        let value = unsafe from[position] * block.slope + block.intercept
        unsafe to[position] = value.replacing(with: floor, where: value .< floor)
      }
    }
  }

  /// Writes `Σ g` and `Σ g x̂`, `[2, C]`.
  func sums(
    _ input: Memory, moments: Memory, scale: Memory, shift: Memory, gradient: Memory,
    _ result: Memory
  ) {
    let (source, gradients) = unsafe (input.blocks, gradient.blocks)
    let numbers = numbers(moments, scale, shift)
    var partial = [Block](repeating: Block(), count: 2 * samples * blocks)
    sumPlanes(&partial) { plane in
      let block = numbers[plane % blocks]
      let (values, slopes) = unsafe (source + plane * positions, gradients + plane * positions)
      var (plain, weighted) = (Block(), Block())
      for position in 0..<positions {
        let (value, gradient) = unsafe (values[position], slopes[position])
        let passed = passed(gradient, value, block)
        plain += passed
        weighted += passed * (value * block.gain + block.offset)
      }
      return (plain, weighted)
    }
    let target = unsafe result.floats
    for block in 0..<blocks {
      var (plain, weighted) = (Block(), Block())
      for sample in 0..<samples {
        plain += partial[2 * (sample * blocks + block)]
        weighted += partial[2 * (sample * blocks + block) + 1]
      }
      for lane in 0..<min(16, channels - block * 16) {
        unsafe target[block * 16 + lane] = plain[lane]
        unsafe target[channels + block * 16 + lane] = weighted[lane]
      }
    }
  }

  /// Writes the gradient of the input.
  func gradient(
    _ input: Memory, moments: Memory, scale: Memory, shift: Memory, gradient: Memory,
    sums: Memory, _ result: Memory
  ) {
    let (source, gradients, target) = unsafe (input.blocks, gradient.blocks, result.blocks)
    let numbers = numbers(moments, scale, shift)
    let sums = unsafe sums.floats
    let count = Float(samples * positions)
    forEachPlane { plane in
      let index = plane % blocks
      let block = numbers[index]
      let mean = unsafe self.block(sums, 0, index) / count
      let weighted = unsafe self.block(sums, channels, index) / count
      // slope · (g − mean − (x · gain + offset) · weighted)
      let factor = -block.slope * block.gain * weighted
      let constant = -block.slope * (mean + block.offset * weighted)
      let (values, slopes) = unsafe (source + plane * positions, gradients + plane * positions)
      let to = unsafe target + plane * positions
      for position in 0..<positions {
        let (value, gradient) = unsafe (values[position], slopes[position])
        unsafe to[position] =
          passed(gradient, value, block) * block.slope + (value * factor + constant)
      }
    }
  }

  /// The gradient where the result was not rectified away.
  @inline(__always)
  private func passed(_ gradient: Block, _ value: Block, _ block: BlockNumbers) -> Block {
    guard isRectified else { return gradient }
    let result = value * block.slope + block.intercept
    return gradient.replacing(with: Block(), where: result .<= Block())
  }

  /// What each block of channels is multiplied with; zeros where the last one is padded.
  private func numbers(_ moments: Memory, _ scale: Memory, _ shift: Memory) -> [BlockNumbers] {
    let (moments, scale, shift) = unsafe (moments.floats, scale.floats, shift.floats)
    return (0..<blocks).map { index in
      var numbers = BlockNumbers()
      for lane in 0..<min(16, channels - index * 16) {
        let channel = index * 16 + lane
        let gain = unsafe 1 / (moments[channels + channel] + epsilon).squareRoot()
        numbers.gain[lane] = gain
        unsafe numbers.offset[lane] = -moments[channel] * gain
        unsafe numbers.slope[lane] = scale[channel] * gain
        unsafe numbers.intercept[lane] = shift[channel] - moments[channel] * gain * scale[channel]
      }
      return numbers
    }
  }

  /// The channels of a block out of a row of numbers that begins at `start`.
  private func block(
    _ values: UnsafeMutableBufferPointer<Float>, _ start: Int, _ index: Int
  ) -> Block {
    var block = Block()
    for lane in 0..<min(16, channels - index * 16) {
      unsafe block[lane] = values[start + index * 16 + lane]
    }
    return block
  }

  private func forEachPlane(_ body: (Int) -> Void) {
    let smallest = max(1, 4096 / max(1, positions * 16))
    ParallelLoop.forEachChunk(samples * blocks, minimumChunk: smallest) { range in
      for plane in range { body(plane) }
    }
  }

  /// Two sums per plane, at `2 · plane`.
  private func sumPlanes(_ partial: inout [Block], _ sum: (Int) -> (Block, Block)) {
    unsafe partial.withUnsafeMutableBufferPointer { partial in
      let partial = unsafe partial
      forEachPlane { plane in
        let (first, second) = sum(plane)
        unsafe partial[2 * plane] = first
        unsafe partial[2 * plane + 1] = second
      }
    }
  }
}
