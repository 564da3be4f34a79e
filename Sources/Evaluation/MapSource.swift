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

/// A map on its own grid, and the weights of the channels that it is a sum of.
struct MethodMap: Sendable {
  let map: Tensor
  let weights: [Double]?

  init(map: Tensor, weights: [Double]? = nil) {
    self.map = map
    self.weights = weights
  }
}

/// An input with what is explained of it.
struct ExplainedInput {
  let inputs: [String: Tensor]
  let target: EvaluationSample

  /// What tells the input from others; nil for one that nobody asks for again.
  let digest: String?

  /// Any input, for what is explained of a sample.
  init(_ inputs: [String: Tensor], for target: EvaluationSample) {
    self.inputs = inputs
    self.target = target
    digest = nil
  }

  /// A sample as it is, for what is explained of it, or of another.
  init(_ sample: EvaluationSample, for target: EvaluationSample? = nil) {
    inputs = sample.inputs
    self.target = target ?? sample
    digest = sample.digest
  }
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
    let grids = known.filter { keys.contains($0.key) }
    let made = try maps(
      keys.filter { grids[$0] == nil }, of: ExplainedInput(sample),
      beside: partner.map { ExplainedInput($0) })
    return grids.merging(made.mapValues(\.map)) { known, _ in known }
      .reduce(into: [:]) { found, pair in
        found[pair.key] = FoundMap(
          grid: pair.value, aligned: plan.aligned(pair.value, pair.key))
      }
  }

  /// What methods and controls make of an input, each map on its own grid.
  ///
  /// - Parameters:
  ///   - keys: Which maps.
  ///   - own: The input.
  ///   - other: What the control "another input" is the methods' map of; without it there is none.
  /// - Returns: Those that there are.
  /// - Throws: What explaining throws.
  func maps(
    _ keys: some Collection<MapKey>, of own: ExplainedInput, beside other: ExplainedInput?
  ) throws -> [MapKey: MethodMap] {
    var maps: [MapKey: MethodMap] = [:]
    let kinds = Set(keys.map(\.control))
    let methods = kinds.contains(nil) ? try ofMethods(own) : [:]
    let others = try kinds.contains(.anotherInput) ? other.map(ofMethods) ?? [:] : [:]
    let sums = kinds.contains(.activations) ? try network.activationSums(own.inputs) : [:]
    for key in keys {
      maps[key] =
        switch key.control {
        case nil: methods[key]
        case .anotherInput: others[key.ofMethod]
        case .activations: sums[key].map { MethodMap(map: $0) }
        case .blind: blind(key, own).map { MethodMap(map: $0) }
        }
    }
    return maps
  }

  /// The maps of all methods, for what is explained of an input.
  func ofMethods(_ input: ExplainedInput) throws -> [MapKey: MethodMap] {
    let target = input.target
    guard let digest = input.digest else { return try network.methods(input.inputs, for: target) }
    let name = "\(digest) \(target.target) \(target.classIndex ?? -1)"
    if let known = recent.withLock({ $0.first { $0.name == name }?.maps }) { return known }
    let maps = try network.methods(input.inputs, for: target)
    recent.withLock {
      $0.append((name, maps))
      if $0.count > Self.recentCount { $0.removeFirst() }
    }
    return maps
  }

  /// The maps of inputs by networks with random weights.
  func ofRandomNetworks(_ samples: [EvaluationSample]) throws -> [RandomNetworkMaps] {
    try random.maps(of: samples)
  }

  private func blind(_ key: MapKey, _ input: ExplainedInput) -> Tensor? {
    guard let control = plan.controls.first(where: { $0.id == key.method }),
      let values = input.inputs[plan.input.name]
    else { return nil }
    let map = control.map(
      ControlSite(
        input: values.elements, channels: values.shape[0], positions: plan.positions,
        stride: plan.stride(key.layer), seed: input.target.seed(plan.seed)))
    return Tensor(shape: Shape(plan.positions), elements: map)
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
    let isAtInput = explanations.methods.contains {
      $0.method.id == key.method && $0.method.liesOnInput
    }
    let layer = isAtInput ? nil : layers.first { $0.name == key.layer }
    let fields = layer?.fields(of: map, over: input)
    return explanations.upsampling.aligned(map, to: positions, fields: fields)
  }
}

extension Layer {
  /// Where a map on its grid lies over an input; nil for maps that are not on it.
  fileprivate func fields(of map: Tensor, over input: NetworkInput) -> [ReceptiveField]? {
    gridExtents == map.shape.extents ? receptiveFields(over: input) : nil
  }
}
