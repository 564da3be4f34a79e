import Explanations
import TensorCore

/// An input that is written as numbers instead of a file.
struct ConstantInput {
  /// The numbers in the order of the network's file.
  let values: [Float]

  /// Reads `zeros`, `ones`, one number for all, or as many numbers as the input has, with commas,
  /// semicolons or blanks between; nil for other texts.
  ///
  /// - Parameters:
  ///   - text: As users write it.
  ///   - input: What it is given to.
  /// - Throws: `WorkflowError` when there are too few or too many numbers.
  init?(_ text: String, for input: NetworkInput) throws(WorkflowError) {
    let count = input.shape.elementCount
    let words: [String: Float] = ["zeros": 0, "ones": 1]
    if let value = words[text] {
      values = Array(repeating: value, count: count)
      return
    }
    let parts = text.split(whereSeparator: { ",; ".contains($0) })
    let numbers = parts.compactMap { Float($0) }
    guard !numbers.isEmpty, numbers.count == parts.count else { return nil }
    guard numbers.count == count || numbers.count == 1 else {
      throw WorkflowError(
        .unsuitableInput,
        "\(numbers.count) numbers do not fit input \(input), which has \(count); give one for all, "
          + "or all of them")
    }
    values = numbers.count == count ? numbers : Array(repeating: numbers[0], count: count)
  }

  /// The numbers as the network sees them, `[channels, positions…]`.
  func tensor(for input: NetworkInput) -> Tensor {
    input.canonical(Tensor(shape: input.fileShape, elements: values))
  }
}
