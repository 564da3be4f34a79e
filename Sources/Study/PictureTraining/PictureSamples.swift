import Explanations
package import NetworkTraining
package import TensorCore

/// How pictures are changed by maps while a network learns.
package struct MapGuidance: Sendable {
  /// What is done with them.
  package var augmentation: GuidedAugmentation

  /// What makes the maps.
  package var maker: MapMaker

  /// After how many epochs maps are made anew.
  package var interval = 5

  /// How many changed views there are of every picture at a time.
  package var changedCount = 2

  /// Whether only pictures are changed that the network is surer of than of the median picture.
  package var onlyConfident = true

  /// Maps before the first step, where they are known; those of pictures in the order of training.
  package var first: [(picture: GuidedPicture, probability: Float)]?

  /// Describes the use of maps.
  ///
  /// - Parameters:
  ///   - augmentation: What is done with them.
  ///   - maker: What makes them.
  package init(_ augmentation: GuidedAugmentation, _ maker: MapMaker) {
    self.augmentation = augmentation
    self.maker = maker
  }
}

/// Views of pictures to be trained on: every step has each of its pictures twice, as a plain view and as
/// one that a map has changed, or else as another plain view.
package final class PictureSamples: TrainingSamples {
  private let pictures: LabeledPictures
  private let indices: [Int]
  private let bank: ViewBank
  private let frozen: FrozenLayers
  private let guidance: MapGuidance?
  private let seed: UInt64
  private let middle: (Int) throws -> Tensor

  /// How many versions of a picture a step has.
  package let versionCount: Int

  private var changed: ChangedViews?

  /// Prepares samples.
  ///
  /// - Parameters:
  ///   - pictures: All pictures.
  ///   - indices: Those that are trained on.
  ///   - bank: Views of these, in their order, the middle first.
  ///   - frozen: What makes activations of further views.
  ///   - guidance: How maps change pictures; nil for plain views only.
  ///   - versionCount: How many versions of a picture a step has: one, or two.
  ///   - seed: Where random numbers start.
  ///   - middle: The middle of the picture with an index among all, as the network takes it.
  package init(
    _ pictures: LabeledPictures, _ indices: [Int], _ bank: ViewBank, _ frozen: FrozenLayers,
    guidance: MapGuidance?, versionCount: Int, seed: UInt64,
    middle: @escaping (Int) throws -> Tensor
  ) {
    self.pictures = pictures
    self.indices = indices
    self.bank = bank
    self.frozen = frozen
    self.guidance = guidance
    self.versionCount = versionCount
    self.seed = seed
    self.middle = middle
  }

  /// That of what the trained layers take.
  package var sampleShape: Shape { bank.activations.sampleShape }

  /// How many pictures are trained on.
  package var count: Int { indices.count }

  /// The views, the classes and what is done with maps.
  package var identity: String {
    var sum = NumberChecksum()
    for index in 0..<min(bank.activations.count, 64) {
      sum.add(
        bank.activations[index * bank.activations.count / 64 % bank.activations.count].elements)
    }
    let use = guidance.map {
      "\($0.augmentation) \($0.maker.method.method.id) \($0.interval) \($0.changedCount) "
        + "\($0.onlyConfident)"
    }
    return "\(sum.text) \(indices.count) \(bank.viewCount) \(versionCount) \(use ?? "plain")"
  }

  /// Makes maps, and changes pictures by them, when it is time.
  package func prepare(epoch: Int, weights: () -> NetworkWeights) throws {
    guard let guidance, changed == nil || epoch % guidance.interval == 0 else { return }
    let known = epoch == 0 ? guidance.first : nil
    let found =
      try known
      ?? guidance.maker.maps(
        frozen.network, weights(), classCount: pictures.labels.count, indices.map(middle),
        indices.map { pictures.classes[$0] })
    changed = try ChangedViews(found, guidance, frozen, seed: seed, epoch: epoch)
  }

  /// Appends the activations of a view.
  package func append(
    _ place: SamplePlace, to numbers: inout [Float], target: inout ArraySlice<Float>,
    using generator: inout SplitMix64
  ) throws {
    let view = generator.next(below: bank.viewCount)
    let which = generator.next(below: guidance?.changedCount ?? 1)
    guard place.version > 0, let changed, changed.isChanged[place.index] else {
      bank.activations.append(place.index * bank.viewCount + view, to: &numbers)
      return
    }
    let index = place.index * changed.viewCount + which
    changed.activations.append(index, to: &numbers)
    guard let other = changed.others[index] else { return }
    let sum = target.reduce(0, +)
    for label in target.indices { target[label] *= other.shares.own }
    target[target.startIndex + pictures.classes[indices[other.picture]]] += sum * other.shares.other
  }
}

/// Views that maps have changed.
private struct ChangedViews {
  let activations: ActivationCache
  let viewCount: Int

  /// Of every picture whether there are such views that are used.
  let isChanged: [Bool]

  /// Of every view the picture that was mixed in and how much labels count; nil where nothing was.
  private(set) var others: [(picture: Int, shares: (own: Float, other: Float))?] = []

  init(
    _ found: [(picture: GuidedPicture, probability: Float)], _ guidance: MapGuidance,
    _ frozen: FrozenLayers, seed: UInt64, epoch: Int
  ) throws {
    viewCount = guidance.changedCount
    let median = found.map(\.probability).sorted()[found.count / 2]
    isChanged = found.map { !guidance.onlyConfident || $0.probability >= median }
    var others: [(picture: Int, shares: (own: Float, other: Float))?] = []
    let bank = try ViewBank(count: found.count, viewCount: viewCount, frozen) { index in
      var generator = SplitMix64(
        seed: seed &+ UInt64(epoch), stream: index + found.count, of: .views)
      return (0..<guidance.changedCount).map { _ in
        let partner = (index + 1 + generator.next(below: max(1, found.count - 1))) % found.count
        let made = guidance.augmentation.changed(
          found[index].picture, beside: found[partner].picture, using: &generator)
        others.append(guidance.augmentation.change == .mix ? (partner, made.shares) : nil)
        let isMirrored = generator.uniform() < 0.5
        return isMirrored ? made.picture.mirrored : made.picture
      }
    }
    activations = bank.activations
    self.others = others
  }
}
