import ExplanationQuality
import Explanations
import GraphExecution
import Synchronization
package import TensorCore

/// A map on its own grid and at the positions of the input.
struct FoundMap: Sendable {
  let grid: Tensor
  let aligned: Tensor
}

/// A map of a method on its own grid, and the weights of the channels that it is a sum of.
struct MethodMap: Sendable {
  let map: Tensor
  let weights: [Double]?
}

/// Makes maps of methods and controls.
final class MapSource: Sendable {
  private let plan: EvaluationPlan
  private let network: NetworkMaps
  private let random: RandomNetworks
  /// The maps of the methods of the last inputs, by digest and target.
  private let recent = Mutex<[(name: String, maps: [MapKey: MethodMap])]>([])

  /// How many inputs' maps are kept.
  private static let recentCount = EvaluationRun.blockSize

  init(_ plan: EvaluationPlan, lane: ExecutionLane) throws {
    self.plan = plan
    network = try NetworkMaps(plan, of: plan.model, lane: lane)
    random = RandomNetworks(plan, lane: lane)
  }

  /// Maps of an input; those of methods that are not asked for are left out.
  func maps(
    _ keys: Set<MapKey>, of sample: EvaluationSample, _ partner: EvaluationSample?,
    _ known: [MapKey: Tensor]
  ) throws -> [MapKey: FoundMap] {
    var grids = known.filter { keys.contains($0.key) }
    let missing = keys.filter { grids[$0] == nil }
    if missing.contains(where: { $0.control == nil }) {
      let own = try ofMethods(sample)
      for key in missing where key.control == nil { grids[key] = own[key]?.map }
    }
    let others = missing.filter { $0.control == .anotherInput }
    if let partner, !others.isEmpty {
      let own = try ofMethods(partner)
      for key in others { grids[key] = own[key.ofMethod]?.map }
    }
    if missing.contains(where: { $0.control == .activations }) {
      let sums = try network.activationSums(sample.inputs)
      for key in missing where key.control == .activations { grids[key] = sums[key] }
    }
    for key in missing where key.control == .blind { grids[key] = blind(key, sample) }
    return grids.reduce(into: [:]) { found, pair in
      found[pair.key] = FoundMap(grid: pair.value, aligned: plan.aligned(pair.value, pair.key))
    }
  }

  /// The maps of all methods, for what is explained of the input.
  ///
  /// - Parameters:
  ///   - sample: What is explained.
  ///   - other: Another input that takes its place.
  /// - Returns: The maps.
  /// - Throws: What explaining throws.
  func ofMethods(
    _ sample: EvaluationSample, with other: EvaluationSample? = nil
  ) throws -> [MapKey: MethodMap] {
    let shown = other ?? sample
    let name = "\(shown.digest) \(sample.target) \(sample.classIndex ?? -1)"
    if let known = recent.withLock({ $0.first { $0.name == name }?.maps }) { return known }
    let maps = try explained(shown.inputs, sample)
    recent.withLock {
      $0.append((name, maps))
      if $0.count > Self.recentCount { $0.removeFirst() }
    }
    return maps
  }

  /// The maps of all methods of an input, for what is explained of a sample.
  func explained(
    _ inputs: [String: Tensor], _ target: EvaluationSample
  ) throws -> [MapKey: MethodMap] {
    try network.methods(inputs, for: target)
  }

  /// The maps of inputs by networks with random weights.
  func ofRandomNetworks(_ samples: [EvaluationSample]) throws -> [RandomNetworkMaps] {
    try random.maps(of: samples)
  }

  private func blind(_ key: MapKey, _ sample: EvaluationSample) -> Tensor? {
    guard let control = plan.controls.first(where: { $0.id == key.method }),
      let input = sample.inputs[plan.input.name]
    else { return nil }
    let values = control.map(
      ControlSite(
        input: input.elements, channels: input.shape[0], positions: plan.positions,
        stride: plan.stride(key.layer), seed: sample.seed(plan.seed)))
    return Tensor(shape: Shape(plan.positions), elements: values)
  }
}

extension EvaluationPlan {
  /// A map at the positions of the input.
  ///
  /// - Parameters:
  ///   - map: The map on its own grid.
  ///   - key: What it is of.
  /// - Returns: `[positions…]`.
  package func aligned(_ map: Tensor, _ key: MapKey) -> Tensor {
    guard key.control != .blind, map.shape.extents != positions || key.layer != nil else {
      return map
    }
    let fields = layers.first { $0.name == key.layer }?.fields(of: map, over: input)
    return explanations.upsampling.aligned(map, to: positions, fields: fields)
  }
}

extension Layer {
  /// Where a map on its grid lies over an input; nil for maps that are not on it.
  fileprivate func fields(of map: Tensor, over input: NetworkInput) -> [ReceptiveField]? {
    gridExtents == map.shape.extents ? receptiveFields(over: input) : nil
  }
}
