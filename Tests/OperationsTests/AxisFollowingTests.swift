import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct AxisFollowingTests {
  static let samples = OperationCatalog.samples.filter { $0.operation is any AxisFollowing }

  @Test(arguments: samples)
  func `of transposed inputs an operation makes its transposed result`(
    sample: OperationSample
  ) throws {
    let operation = try #require(sample.operation as? any AxisFollowing)
    let rank = try sample.site.result.rank
    let axes = Array(0..<rank)
    for order in [axes.reversed(), Array(axes.dropFirst() + axes.prefix(1)), axes] {
      let expected = try transposed(evaluated(operation, sample.inputs), order)
      let inputs = try sample.inputs.map { input in
        let ones = [Int](repeating: 1, count: rank - input.shape.rank)
        return try transposed(input.reshaped(to: Shape(ones + input.shape.extents)), order)
      }
      let actual = try evaluated(operation.following(order), inputs)
      expectClose(actual, expected, absolute: 1e-6, relative: 1e-6, "\(order)")
    }
  }

  private func transposed(_ tensor: Tensor, _ order: [Int]) throws -> Tensor {
    try evaluated(Transpose(order), [tensor])
  }
}
