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
  private let inputs: [NetworkInput]
  private let state: Mutex<State>

  init(
    _ source: NetworkSource, inputs: [NetworkInput], samples: Int, first: ImportedModel
  ) {
    self.source = source
    self.inputs = inputs
    let first = NetworkImport(first)
    state = Mutex(State(first: first, known: [samples: Held(value: first)]))
  }

  private init(_ source: NetworkSource, inputs: [NetworkInput]) {
    self.source = source
    self.inputs = inputs
    state = Mutex(State())
  }

  /// The imports of the network that something else makes of every import of this one.
  func changed(
    by change: @escaping @Sendable (ImportedModel) throws -> ImportedModel
  ) -> NetworkImports {
    let source = source
    let other = NetworkSource(source) { samples, shapes in
      try change(source.imported(samples, shapes))
    }
    return NetworkImports(other, inputs: inputs)
  }

  /// The import for a number of samples.
  ///
  /// - Throws: What importing throws.
  func imported(for samples: Int) throws -> NetworkImport {
    try state.withLock { state in
      defer { state.first = nil }
      if let known = state.known[samples]?.value { return known }
      let shapes = inputs.map { ($0.name, $0.layout.shape($0.fileShape, samples: samples)) }
      let imported = try source.imported(samples, Dictionary(shapes) { first, _ in first })
      let made = NetworkImport(try imported.viewed(through: inputs))
      state.known[samples] = Held(value: made)
      return made
    }
  }
}
