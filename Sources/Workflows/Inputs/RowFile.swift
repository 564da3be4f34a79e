import Explanations
import Foundation
import TensorCore

/// A text file of rows of numbers, one for each sample.
struct RowFile {
  /// One input for each row.
  let inputs: [PreparedInput]

  /// Reads a file; a first row that holds no numbers is its heading.
  ///
  /// - Throws: `WorkflowError` naming the line that does not fit.
  init(_ path: String, _ input: NetworkInput) throws(WorkflowError) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw WorkflowError(.unreadable, "\(path): cannot be read as text")
    }
    var rows: [Tensor] = []
    for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let parts = line.split(whereSeparator: { ",;\t ".contains($0) })
      let numbers = parts.compactMap { Float($0) }
      if index == 0, numbers.isEmpty { continue }
      guard numbers.count == parts.count, numbers.count == input.shape.elementCount else {
        throw WorkflowError(
          .unsuitableInput,
          "\(path): line \(index + 1) does not hold the \(input.shape.elementCount) numbers of "
            + "input \(input)")
      }
      rows.append(input.canonical(Tensor(shape: input.fileShape, elements: numbers)))
    }
    guard !rows.isEmpty else {
      throw WorkflowError(.unsuitableInput, "\(path): holds no row of numbers")
    }
    inputs = rows.enumerated().map { index, row in
      PreparedInput(
        path: path, row: rows.count > 1 ? index : nil, tensor: row, display: .row(row.elements))
    }
  }
}
