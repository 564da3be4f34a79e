import Catalogs
import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// The form of the network that a method is defined on.
enum NetworkForm: CaseIterable, Hashable {
  /// Batch norms are folded into the linear layers beside them.
  case folded
  /// Batch norms stand where the file has them, as the released Relevance-CAM code sees them: it
  /// passes them by, whatever the sign of their factors.
  case asInFile

  /// The form for a method.
  init(for chosen: ChosenMethod) {
    let isReleased =
      chosen.method.propagatesRelevance
      && chosen.settings[.composite] == CompositeCatalog.relevanceCAMOfficial.id
    self = isReleased ? .asInFile : .folded
  }

  /// An imported network in this form.
  func graph(of imported: Graph, keeping names: [String]) throws(GraphError) -> Graph {
    switch self {
    case .folded: try imported.canonicalized(keeping: Set(names))
    case .asInFile: try imported.simplified(keeping: Set(names))
    }
  }
}

/// A network inside the graph of a plan, with what methods may look at for every target and place.
struct PlanNetwork {
  /// The raw scores, `[samples, scores]`.
  let scores: Value

  /// The weights of every target, of the same shape.
  let weights: [Value]

  private let sites: [[MethodSite]]
  private let sources: [RelevanceSource]

  /// Adds weights and gradients; `known` are the weights of another form of the network.
  ///
  /// - Throws: `GraphError` or `ExplanationError`.
  init(
    _ plan: ExplanationPlan, _ network: Graph, _ parts: Parts, _ values: [Value],
    weights known: [Value]?
  ) throws {
    let input = values[parts.input.index]
    let scores = values[parts.scores.index].reshaped(to: [input.shape[0], parts.scoreCount])
    let seeds = TargetSeeds(scores: scores)
    let explained = try seeds.formed(plan.form, activation: parts.activation)
    var places: [Value] = []
    for layer in plan.layers {
      guard let value = network.value(named: layer.name) else {
        throw ExplanationError(.unknownLayer, "layer \(layer.name) is not in the network")
      }
      places.append(values[value.index])
    }
    if plan.items.contains(where: { $0.layer == nil }) { places.append(input) }
    let weights =
      known ?? plan.targets.enumerated().map { seeds.weights($1, index: $0) }
    self.scores = scores
    self.weights = weights
    let sources = weights.map { weights in
      RelevanceSource(
        scores: scores, weights: weights, activation: parts.activation, places: places,
        keepsLedgers: plan.hasLedger)
    }
    self.sources = sources
    sites = try zip(weights, sources).map { weights, source in
      let gradients = try input.builder.gradients(
        of: [Seed(explained, weights: weights)], withRespectTo: places)
      return places.indices.map { place in
        MethodSite(
          activation: places[place], gradient: gradients[place], scores: scores, weights: weights,
          input: input, explained: (explained * weights).sum(over: .axes([1]))
        ) { source.relevance(at: place, $0) }
      }
    }
  }

  /// What the method of an item may look at; relevance is then passed on its behalf.
  func site(_ item: PlanItem, asker: Int) -> MethodSite? {
    sources[item.target].asker = asker
    return item.layer.map { sites[item.target][$0] } ?? sites[item.target].last
  }

  /// Asks for the ledgers of the passes as outputs, and tells how they are read.
  func ledgerPasses(_ label: String, places: [String]) -> [LedgerPass] {
    sources.enumerated().flatMap { target, source in
      source.ledgerPasses(target: target, label: label, places: places)
    }
  }
}
