import Explanations
import ImageData
import TensorCore

/// Turns pictures into inputs of a network with two axes of positions.
struct PicturePreparation: InputPreparation {
  private let settings: PictureSettings

  /// Takes what is known about the network and assumes the rest.
  init(_ model: Model, _ input: NetworkInput) throws(WorkflowError) {
    settings = try PictureSettings(model.information, shape: input.shape)
  }

  var notes: [String] { settings.notes }

  var warnings: [String] { settings.warnings }

  var record: PreparationRecord { settings.record }

  /// The input in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - note: Told what is done to its contents that users should know.
  /// - Returns: One input.
  /// - Throws: An error that names the file when it cannot be used.
  func inputs(in path: String, note: (String) -> Void) throws -> [PreparedInput] {
    let file = try PictureFile(reading: path, for: settings.preprocessing)
    for text in file.notes { note(text) }
    let picture = try file.picture()
    let prepared: PreparedPicture
    do {
      prepared = try settings.preprocessing.prepare(picture)
    } catch {
      throw WorkflowError(.unsuitableInput, "\(path): \(error)")
    }
    return [
      PreparedInput(
        path: path, row: nil, tensor: prepared.input, display: .picture(prepared.picture),
        placement: try? file.placement(settings.preprocessing))
    ]
  }
}
