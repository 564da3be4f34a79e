import Explanations
import SpectralData
package import TensorCore

/// Everything that a network is given at once, with what it is called.
package struct PreparedSample: Sendable {
  /// The inputs by name.
  package let inputs: [String: PreparedInput]

  /// The input that the sample is called after.
  package let main: PreparedInput

  /// The row of a table that says what the inputs are, from 0.
  var tableRow: Int?

  /// Takes the inputs of a sample.
  ///
  /// - Parameters:
  ///   - inputs: By name, at least one.
  ///   - main: The name of the one that the sample is called after.
  init?(_ inputs: [String: PreparedInput], main: String) {
    guard let first = inputs[main] ?? inputs.values.first else { return nil }
    self.inputs = inputs
    self.main = first
  }

  /// What the network receives.
  package var values: [String: Tensor] { inputs.mapValues(\.tensor) }

  /// The file that the sample is called after.
  package var path: String { main.path }

  /// The row of that file, from 0, when it holds several samples.
  package var row: Int? { main.row }

  /// The class that a file says it is of.
  package var label: String? { main.label }

  /// The start of the names of its files.
  var stem: String {
    main.stem + (tableRow.map { inputs.count > 1 ? "-\($0)" : "" } ?? "")
  }

  /// The input that an explanation lies on.
  func input(of explanation: Explanation) -> PreparedInput {
    inputs[explanation.input.name] ?? main
  }

  /// What is wrong when a network gives a value that is not finite for the sample.
  package func overflow(_ value: Float) -> WorkflowError {
    let place = row.map { ", row \($0)" } ?? ""
    return WorkflowError(
      .unsuitableInput,
      "\(path)\(place): the network gives \(value); are the values in the range it expects?")
  }
}
