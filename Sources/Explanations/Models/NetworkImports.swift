import ONNXFormat
import Synchronization
import TensorCore

/// A network as it was imported for a number of samples.
///
/// It holds every weight as plain numbers, so nobody keeps it longer than it takes to compile.
final class NetworkImport: Sendable {
  let model: ImportedModel

  init(_ model: ImportedModel) {
    self.model = model
  }
}

/// The imports of one network, by their numbers of samples.
///
/// An import lives as long as somebody builds with it, and is shared by those who want the same
/// number of samples meanwhile. Only the one that reading the network took is kept, until somebody
/// asks for any.
final class NetworkImports: Sendable {
  private struct Held {
    weak var value: NetworkImport?
  }

  private struct State {
    var first: NetworkImport?
    var known: [Int: Held] = [:]
  }

  private let source: NetworkSource
  private let inputShape: Shape
  private let state: Mutex<State>

  init(_ source: NetworkSource, inputShape: Shape, first: ImportedModel) {
    self.source = source
    self.inputShape = inputShape
    let first = NetworkImport(first)
    let samples = source.fixedBatch ?? 1
    state = Mutex(State(first: first, known: [samples: Held(value: first)]))
  }

  /// The import for a number of samples.
  ///
  /// - Throws: What importing throws.
  func imported(for samples: Int) throws -> NetworkImport {
    try state.withLock { state in
      defer { state.first = nil }
      if let known = state.known[samples]?.value { return known }
      let made = NetworkImport(try source.imported(samples, inputShape))
      state.known[samples] = Held(value: made)
      return made
    }
  }
}
