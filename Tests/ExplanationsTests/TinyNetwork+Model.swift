import Explanations
import Foundation
import TestSupport

extension TinyNetwork {
  /// The network for pictures, read from a file.
  static func pictureModel() throws -> Model {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("tiny.onnx"))
    try writePictures(to: url)
    return try Model(contentsOf: url)
  }
}
