import GraphIR
import Operations
import TensorCore
import Testing

/// An operation, shapes it must refuse, and what the message must contain.
struct Refusal: Sendable, CustomTestStringConvertible {
  let operation: any GraphIR.Operation
  let shapes: [Shape]
  let code: GraphError.Code
  let message: String
  var testDescription: String { "\(type(of: operation).name) \(shapes)" }

  init(
    _ operation: any GraphIR.Operation, _ shapes: [Shape], _ message: String,
    code: GraphError.Code = .shapeMismatch
  ) {
    self.operation = operation
    self.shapes = shapes
    self.code = code
    self.message = message
  }

  private static let line = SlidingWindow(rank: 1)
  private static let huge = 1 << 62

  static let linear: [Refusal] = [
    Refusal(
      Convolution(window: line), [[1, 4, 8], [2, 3, 3]], "[1×4×8] does not have the 3 channels"),
    Refusal(Convolution(window: line), [[1, 3, 8], [2, 3, 9]], "spans 9 does not fit in 8"),
    Refusal(Convolution(window: line), [[1, 3, 8], [2, 3, 3], [3]], "bias [3]"),
    Refusal(Convolution(window: line), [[1, 3, 8, 8], [2, 3, 3, 3]], "over 1 axes"),
    Refusal(Convolution(window: line), [[1, 3, 8]], "takes 2...3 inputs, got 1"),
    Refusal(Convolution(window: line, groups: 2), [[1, 4, 8], [3, 2, 3]], "into 2 groups"),
    Refusal(Convolution(window: line, groups: 0), [[1, 4, 8], [3, 2, 3]], "into 0 groups"),
    Refusal(Convolution(window: line, groups: huge), [[1, 4, 8], [0, 4, 3]], "groups"),
    Refusal(
      Convolution(window: SlidingWindow(rank: 1, strides: [0])), [[1, 3, 8], [2, 3, 3]],
      "out of range"),
    Refusal(
      Convolution(window: SlidingWindow(rank: 1, paddingBefore: [-1])), [[1, 3, 8], [2, 3, 3]],
      "out of range"),
    Refusal(
      Convolution(window: SlidingWindow(rank: 1, dilations: [huge])), [[1, 3, 8], [2, 3, 3]],
      "out of range"),
    Refusal(Convolution(window: line), [[0, 3, .max], [2, 3, 3]], "huge", code: .tooLarge),
    Refusal(
      TransposedConvolution(Convolution(window: line), outputPositions: [9]),
      [[1, 2, 6], [2, 3, 3]], "[7] placements"),
    Refusal(
      TransposedConvolution(Convolution(window: line), outputPositions: [.max]),
      [[1, 2, 6], [2, 3, 3]], "huge", code: .tooLarge),
    Refusal(
      TransposedConvolution(
        Convolution(window: SlidingWindow(rank: 1, paddingBefore: [9])), outputPositions: [-1]),
      [[1, 2, 6], [2, 3, 3]], "negative", code: .tooLarge),
    Refusal(
      ConvolutionWeightGradient(Convolution(window: line), kernel: [3]), [[1, 2, 6], [2, 2, 4]],
      "do not belong together"),
    Refusal(MatrixProduct(), [[2, 3], [4, 2]], "different inner extents"),
    Refusal(MatrixProduct(), [[2, 2, 3], [3, 3, 2]], "different leading extents"),
    Refusal(MatrixProduct(), [[2, 3], [3, 4], [2]], "does not match 4 columns"),
  ]

  static let poolings: [Refusal] = [
    Refusal(
      MaxPooling(PoolingWindow(kernel: [4], window: line)), [[1, 2, 3]], "does not fit in 3"),
    Refusal(MaxPooling(PoolingWindow(kernel: [2], window: line)), [[1, 2]], "needs positions"),
    Refusal(
      MaxPoolingGradient(PoolingWindow(kernel: [2], window: line)), [[1, 2, 3], [1, 2, 3]],
      "should be [1×2×2]"),
    Refusal(
      AveragePooling(PoolingWindow(kernel: [0], window: line)), [[1, 2, 3]], "out of range"),
    Refusal(
      AveragePoolingGradient(
        PoolingWindow(
          kernel: [2], window: SlidingWindow(rank: 1, paddingBefore: [8])), outputPositions: [-2]),
      [[1, 2, 5]], "negative"),
  ]

  static let others: [Refusal] = [
    Refusal(Binary(.add), [[2, 3], [2, 4]], "[2×3] and [2×4] do not broadcast"),
    Refusal(Select(), [[2], [3], []], "do not broadcast"),
    Refusal(Reduction(.sum, axes: [2]), [[2, 3]], "axes [2] are not axes of [2×3]"),
    Refusal(Reduction(.sum, axes: [1, 1]), [[2, 3]], "axes [1, 1]"),
    Refusal(Reduction(.maximum, axes: [1]), [[2, 0]], "maximum of nothing"),
    Refusal(Softmax(axis: -1), [[2, 3]], "no axis -1"),
    Refusal(Reshape(to: [4]), [[2, 3]], "[2×3] cannot become [4]"),
    Refusal(Transpose([0, 0]), [[2, 3]], "does not order the axes"),
    Refusal(Slice(starts: [1], counts: [3]), [[3]], "3 elements from 1 by 1"),
    Refusal(Slice(starts: [1], counts: [.max], steps: [.max]), [[3]], "do not lie in axis 0"),
    Refusal(Slice(starts: [0], counts: [-1]), [[3]], "do not lie in axis 0"),
    Refusal(Pad(before: [-1], after: [0]), [[3]], "must not be negative"),
    Refusal(Pad(before: [1], after: [.max]), [[3]], "huge"),
    Refusal(Concatenate(axis: 1), [[2, 3], [3, 3]], "differ beside axis 1"),
    Refusal(Concatenate(axis: 2), [[2, 3]], "no axis 2"),
    Refusal(Concatenate(axis: 0), [], "at least one input"),
    Refusal(Broadcast(to: [2, 3]), [[2]], "does not broadcast to [2×3]"),
    Refusal(Gather(axis: 0, indices: [3]), [[3]], "outside axis 0 of [3]"),
    Refusal(ScatterSum(axis: 0, indices: [3], extent: 3), [[1]], "outside 0..<3"),
    Refusal(ScatterSum(axis: 0, indices: [], extent: -1), [[0]], "outside 0..<-1"),
    Refusal(
      Resize(
        outputPositions: [4], mappings: [.receptiveField(origin: 0, stride: 0)],
        interpolation: .linear), [[1, 1, 3]], "cannot be resized to [4]"),
    Refusal(
      ResizeGradient(
        Resize(outputPositions: [4], mappings: [.halfPixel(scale: 1)], interpolation: .linear),
        inputPositions: [-4]), [[1, 1, 4]], "negative"),
    Refusal(
      Broadcast(to: [1 << 20, 1 << 20]), [[]], "[1048576×1048576]", code: .tooLarge),
    Refusal(Reshape(to: [0, 1 << 62, 4]), [[0]], "4611686018427387904", code: .tooLarge),
    Refusal(Pad(before: [1 << 31, 1 << 31], after: [0, 0]), [[1, 1]], "pad", code: .tooLarge),
  ]
}

struct RefusalTests {
  @Test(arguments: Refusal.linear + Refusal.poolings + Refusal.others)
  func `shapes that make no sense are refused with a reason`(refusal: Refusal) throws {
    let error = #expect(throws: GraphError.self) {
      _ = try refusal.operation.outputShape(for: refusal.shapes)
      // What an operation accepts may still be too large for a graph.
      let builder = GraphBuilder()
      let inputs = try refusal.shapes.enumerated().map {
        try builder.append(Input(label: "\($0)", shape: $1), [])
      }
      _ = try builder.append(refusal.operation, inputs)
    }
    #expect(error?.code == refusal.code)
    #expect(error?.description.contains(refusal.message) == true, "\(error as Any)")
  }

  @Test func `a failed expression is reported at the end, whatever follows it`() {
    let builder = GraphBuilder()
    let input = builder.input("x", shape: [2, 3])
    let failed = input.product(input)
    _ = failed.sliced(7, start: 0, count: 1).mean(over: .axes([9, -1])).rectified
    let error = #expect(throws: GraphError.self) { try builder.finish() }
    #expect(error?.description.contains("different inner extents") == true)
  }
}
