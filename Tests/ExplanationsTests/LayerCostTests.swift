import Explanations
import TestSupport
import Testing

/// What layers have learned, by the tensors of the files.
@Suite(.needsShared("cases/networks"))
struct LayerCostTests {
  /// The weights of inputs and states and two biases, for two directions each.
  @Test(arguments: [
    ("crnn-lstm", "/cell/LSTM", 2 * (64 * 24 + 64 * 16 + 128)),
    ("crnn-gru", "/cell/GRU", 2 * (48 * 24 + 48 * 16 + 96)),
    ("crnn-lstm", "/body/body.2/body.2.0/Conv", 24 * 16 * 9 + 24),
  ])
  func `weights of recurrences are counted once each`(
    name: String, node: String, count: Int
  ) throws {
    let example = try #require(NetworkCase.all.first { $0.name == name })
    let layer = try example.model().layers.first { $0.nodeName == node }
    #expect(layer?.parameterCount == count)
  }
}
