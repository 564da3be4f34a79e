import Explanations
import TensorCore

/// Tells how an array holds samples of an input.
struct ArrayFitting {
  let input: NetworkInput

  /// An order of axes in which an array may hold a sample.
  private struct Order {
    let shape: Shape
    /// Whether it is that of the file of the network.
    let isFile: Bool

    /// How many samples an array of a shape holds in this order; nil when it does not fit.
    func sampleCount(_ other: Shape) -> Int? {
      if other == shape { return 1 }
      if other.extents.dropFirst().elementsEqual(shape.extents), other.rank > shape.rank {
        return other[0]
      }
      let wide = { (shape: Shape) in shape.extents.filter { $0 != 1 } }
      return wide(other) == wide(shape) ? 1 : nil
    }
  }

  /// The samples in an array, each `[channels, positions…]`.
  ///
  /// - Parameters:
  ///   - array: One sample or several behind each other, in the layout of the network's file or with
  ///     channels first; axes of extent 1 may be left out.
  ///   - note: Told which layout was taken where both fit.
  /// - Returns: At least one sample.
  /// - Throws: `WorkflowError` naming the shapes when the array does not fit.
  func samples(_ array: Tensor, note: (String) -> Void) throws(WorkflowError) -> [Tensor] {
    let orders = [
      Order(shape: input.fileShape, isFile: true), Order(shape: input.shape, isFile: false),
    ]
    let fitting = orders.filter { order in
      order.sampleCount(array.shape).map { $0 > 0 } ?? false
    }
    guard let order = fitting.first, let count = order.sampleCount(array.shape) else {
      throw WorkflowError(
        .unsuitableInput,
        "an array of shape \(array.shape) does not fit input \(input.name), which is "
          + "\(input.fileShape) for one sample; a further axis in front may count samples")
    }
    if fitting.count > 1, input.isMoved {
      note(
        "the array is taken in the layout of the network's file, \(input.fileShape), not with "
          + "channels first")
    }
    let rows = array.reshaped(to: Shape([count] + order.shape.extents))
    return (0..<count).map { index in
      order.isFile ? input.canonical(rows.part(index)) : rows.part(index)
    }
  }
}
