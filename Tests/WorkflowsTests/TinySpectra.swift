import Foundation
import TestSupport
import Workflows

extension TemporaryFolder {
  /// A network of twenty wavenumbers from 1000 to 1190 in steps of 10, written into the folder.
  func networkOfSpectra() throws -> ModelSettings {
    let path = path("tiny.onnx")
    try TinyNetwork.writeSpectra(
      to: URL(fileURLWithPath: path),
      known: ["axis": (0..<20).map { 1000 + 10 * $0 }, "axis_unit": "cm-1"])
    return ModelSettings(path: path)
  }
}
