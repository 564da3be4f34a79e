import Explanations
import NetworkTraining
package import TensorCore

/// What frozen layers make of views of pictures, computed once.
package struct ViewBank: Sendable {
  /// What the trained layers take.
  package let activations: ActivationCache

  /// What the head takes before layers are trained.
  package let features: ActivationCache

  /// How many views there are of every picture, one after the other.
  package let viewCount: Int

  /// Computes views.
  ///
  /// - Parameters:
  ///   - count: How many pictures there are.
  ///   - viewCount: How many views there are of each.
  ///   - frozen: The layers.
  ///   - progress: Told after every batch how many pictures are done.
  ///   - views: Makes all views of a picture.
  /// - Throws: What `views`, the layers and the file system throw; `CancellationError`.
  package init(
    count: Int, viewCount: Int, _ frozen: FrozenLayers, progress: (Int) -> Void = { _ in },
    views: (Int) throws -> [Tensor]
  ) throws {
    let step = max(1, frozen.batch / max(1, viewCount))
    let shapes = try Self.shapes(frozen)
    var features: ActivationCache?
    let activations = try ActivationCache(shapes.activation) { keep in
      features = try ActivationCache(shapes.features) { keepFeatures in
        for start in stride(from: 0, to: count, by: step) {
          try Task.checkCancellation()
          let made = try (start..<min(start + step, count)).flatMap { index in
            let views = try views(index)
            precondition(views.count == viewCount, "\(viewCount) views of every picture")
            return views
          }
          for output in try frozen.outputs(made) {
            try keep(output.activation)
            try keepFeatures(output.features)
          }
          progress(min(start + step, count))
        }
      }
    }
    guard let features else {
      throw LearningError(.invalidData, "there are no pictures to be trained on")
    }
    self.activations = activations
    self.features = features
    self.viewCount = viewCount
  }

  /// The shapes that layers give, of a picture without anything in it.
  private static func shapes(
    _ frozen: FrozenLayers
  ) throws -> (activation: Shape, features: Shape) {
    let blank = Tensor(shape: frozen.network.base.inputShape, repeating: 0)
    let outputs = try frozen.outputs([blank])
    return (outputs[0].activation.shape, outputs[0].features.shape)
  }

  /// The first views of pictures as samples, of which the activations or the features are taken.
  package func firstViews(_ pictures: [Int], ofFeatures: Bool) -> CachedSamples {
    CachedSamples(ofFeatures ? features : activations, pictures.map { $0 * viewCount })
  }
}
