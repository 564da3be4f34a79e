import Catalogs

/// How maps are brought from a layer's grid to the positions of the input.
public enum Upsampling: String, Hashable, Sendable, CaseIterable, Codable {
  /// Every grid element is placed at the center of what it sees; linear in between.
  case receptiveField = "receptive-field"
  /// Cells of both grids cover the same interval, as other libraries do it; linear in between.
  case halfPixel = "half-pixel"
}

/// What is explained, how, and where: everything but the inputs.
///
/// All methods, layers and targets of a plan share one forward pass.
public struct ExplanationPlan: Sendable {
  /// The methods; at least one.
  public var methods: [ChosenMethod]

  /// The layers that maps are made of.
  public var layers: [Layer]

  /// Whether layers were named, so that methods which can look anywhere look there.
  public var hasNamedLayers: Bool

  /// What of the output is explained.
  public var targets: [Target]

  /// Which form of the scores is explained.
  public var form: ScoreForm

  /// How maps are brought to the positions of the input.
  public var upsampling: Upsampling

  /// Whether explanations come with an account of where their relevance went.
  public var hasLedger: Bool

  /// Whether maps are also brought to the input by the compiled program; without it `aligned` of an
  /// explanation is empty, and many maps need little memory.
  public var alignsMaps = true

  /// Creates a plan.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - methods: How it is explained.
  ///   - layers: Names of layers; empty means the default layer.
  ///   - targets: What is explained; the highest score by default.
  ///   - form: Logit or probability.
  ///   - upsampling: How maps are brought to the input.
  ///   - hasLedger: Whether there is an account of where relevance went.
  /// - Throws: `ExplanationError` when a layer or target does not exist or has no map, or when a
  ///   ledger is asked for and no method propagates relevance.
  public init(
    _ model: Model, methods: [ChosenMethod], layers: [String] = [],
    targets: [Target] = [.ranked(0)], form: ScoreForm = .logit,
    upsampling: Upsampling = .receptiveField, hasLedger: Bool = false
  ) throws(ExplanationError) {
    self.methods = methods
    self.hasLedger = hasLedger
    self.targets = targets
    self.form = form
    self.upsampling = upsampling
    for target in targets { try target.check(count: model.scoreCount) }
    guard !hasLedger || methods.contains(where: { $0.method.propagatesRelevance }) else {
      let ids = MethodCatalog.entries.filter(\.propagatesRelevance).map(\.id)
      throw ExplanationError(
        .invalidSetting,
        "a ledger accounts for relevance, which \(methods.map(\.method.id).joined(separator: ", "))"
          + " does not propagate; add a method that does: \(ids.joined(separator: ", "))")
    }
    self.layers = []
    hasNamedLayers = !layers.isEmpty
    guard methods.contains(where: { looksAtLayers($0.method.kind) }) else { return }
    for name in layers.isEmpty ? ["default"] : layers {
      let layer = try model.layer(name)
      guard layer.isMappable else {
        throw ExplanationError(
          .unknownLayer,
          "layer \(layer.name) of shape \(layer.shape) has no grid of positions that the scores "
            + "depend on; \"vitrine inspect\" marks those that have")
      }
      if !self.layers.contains(layer) { self.layers.append(layer) }
    }
  }

  private func looksAtLayers(_ kind: MethodKind) -> Bool {
    kind == .activationMap || kind == .anywhere && hasNamedLayers
  }

  /// What is computed: every method at every layer it looks at, for every target.
  package var items: [PlanItem] {
    methods.indices.flatMap { method in
      targets.indices.flatMap { target in
        let layers: [Int?] =
          looksAtLayers(methods[method].method.kind) ? self.layers.indices.map { $0 } : [nil]
        return layers.map { PlanItem(method: method, target: target, layer: $0) }
      }
    }
  }
}

/// One map of a plan, by indices into it; no layer means the input.
package struct PlanItem: Hashable, Sendable {
  package let method: Int
  package let target: Int
  package let layer: Int?

  /// The name of the output that holds the map on the layer's grid.
  package var mapName: String { "map" + suffix }

  /// The name of the output that holds the map at the positions of the input.
  package var alignedName: String { "aligned" + suffix }

  /// The name of the output that holds what the scores of masked inputs weigh.
  package var summedName: String { "summed" + suffix }

  /// The name of the output that holds the order in which channels are preferred.
  package var rankingName: String { "ranking" + suffix }

  private var suffix: String { " \(method) \(target) \(layer ?? -1)" }
}
