import ONNXFormat
import Synchronization
import TensorCore

/// The graph that was imported when a model was read, kept for whoever needs one of that batch first.
///
/// It is handed out once, so that its weights do not stay in memory beside those of programs.
final class FirstImport: Sendable {
  private let held: Mutex<ImportedModel?>
  private let batch: Int

  init(_ imported: ImportedModel, batch: Int) {
    held = Mutex(imported)
    self.batch = batch
  }

  /// The graph, if it is for that batch and still here.
  func take(batch: Int) -> ImportedModel? {
    guard batch == self.batch else { return nil }
    return held.withLock { held in
      defer { held = nil }
      return held
    }
  }
}

extension Model {
  /// The network for a number of samples, imported again only if need be.
  ///
  /// - Throws: `ONNXError`.
  func imported(batch: Int) throws -> ImportedModel {
    if let imported = firstImport.take(batch: batch) { return imported }
    let shape = Shape([batch] + inputShape.extents)
    return try file.imported(inputShapes: [inputName: shape], batch: batch)
  }
}
