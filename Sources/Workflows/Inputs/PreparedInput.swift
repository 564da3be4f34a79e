import Explanations
import ImageData
import SpectralData
import TensorCore

/// One input, ready for a network and for a figure.
struct PreparedInput: Sendable {
  /// What figures draw maps on.
  enum Display: Sendable {
    /// The picture as the network saw it.
    case picture(Picture)
    /// The spectrum as it was measured, at the positions of the network's input.
    case spectrum(Spectrum)
  }

  /// The file.
  let path: String

  /// The row of the file, from 0, when it holds several inputs.
  let row: Int?

  /// What the network receives, `[channels, positions…]`.
  let tensor: Tensor

  /// What figures draw maps on.
  let display: Display

  /// The class that the file says it is of.
  var label: String?

  /// The start of the names of its files.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return FileNames.safe(base.isEmpty ? name : base) + (row.map { "-\($0)" } ?? "")
  }

  /// What is wrong when a network gives a value that is not finite for the input.
  func overflow(_ value: Float) -> WorkflowError {
    let place = row.map { ", row \($0)" } ?? ""
    return WorkflowError(
      .unsuitableInput,
      "\(path)\(place): the network gives \(value); are the values in the range it expects?")
  }
}

extension InputPreparation {
  var warnings: [String] { [] }
}

/// Turns files into inputs of a network.
protocol InputPreparation: Sendable {
  /// What was assumed about the network, one sentence each.
  var notes: [String] { get }

  /// What makes results doubtful, one sentence each.
  var warnings: [String] { get }

  /// How inputs are prepared, and who said so.
  var record: PreparationRecord { get }

  /// The inputs in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - note: Told what is done to its contents that users should know.
  /// - Returns: At least one input.
  /// - Throws: An error that names the file when it cannot be used.
  func inputs(in path: String, note: (String) -> Void) throws -> [PreparedInput]
}
