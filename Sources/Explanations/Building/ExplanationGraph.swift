package import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// How the results of a plan's graph are read.
package struct PlanResults: Sendable {
  /// The raw scores, `[samples, classes, positions…]`.
  package let scores: OutputHandle

  /// What was found for every target of an output with positions; empty for others.
  let targets: [TargetOutputs]

  /// What every item of the plan gave, in their order.
  package let items: [ItemResults]

  /// For every item, what share of each relevance that it is made of arrives where it looks.
  let arrivals: [[OutputHandle]]

  /// For every item, the condition number of its map where the method has one, `[samples]`.
  let conditions: [OutputHandle?]

  /// The ledgers.
  package let ledgers: [LedgerPass]
}

/// How much each score counts, where that is found in the graph.
struct TargetOutputs {
  /// The weights of the classes, `[samples, classes]`.
  let weights: OutputHandle

  /// How much each position counts, `[samples, 1, positions…]`.
  let places: OutputHandle
}

/// How the results of one item are read.
package enum ItemResults: Sendable {
  /// The map on its grid, and at the positions of the input where the plan aligns maps; each
  /// `[samples, positions…]`; and the weights of the channels that it is a sum of, `[samples, channels]`,
  /// where the plan keeps them.
  case map(OutputHandle, aligned: OutputHandle?, weights: OutputHandle?)

  /// What masks are made of, and how they are scored.
  case channels(MaskScoring, ChannelOutputs)

  /// The activation that is changed, `[samples, channels, positions…]`, and how it is.
  case activation(TailScoring, OutputHandle)

  /// Which masks are shown; nothing is read for them.
  case sampled(MaskSampling)

  /// What is sought step by step; nothing is read for it.
  case optimized(MaskOptimization)

  /// What the input is compared with, of its shape, and how the way from there is divided.
  case path(PathRule, baseline: OutputHandle)

  /// What is run on changed inputs, what is kept of the unchanged sample, `[samples, …]`, and what the
  /// input is compared with, if it is.
  case repeats(Repetition, kept: [OutputHandle], baseline: OutputHandle?)
}

/// How the channels are read that become masks.
package struct ChannelOutputs: Sendable {
  /// `[samples, channels, positions…]`.
  package let maps: OutputHandle

  /// What the scores of masked inputs weigh, of the same shape.
  package let summed: OutputHandle

  /// The order in which channels are preferred, `[samples, channels]`.
  package let ranking: OutputHandle
}

extension ExplanationPlan {
  /// The graph that computes the scores and every map of the plan for a batch, or what maps are made
  /// of where masks are.
  ///
  /// Outputs are named by numbers; they are read with the handles.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - batch: How many samples there are.
  ///   - isAlone: Whether the graph is to be run by others: explicit targets are constants of it rather
  ///     than inputs, see `TargetSeeds`, and what only the explainer reads is left out.
  /// - Returns: The graph, and how its results are read.
  /// - Throws: `ONNXError`, `GraphError` or `ExplanationError`.
  package func built(
    for model: Model, batch: Int, isAlone: Bool = false
  ) throws -> NetworkGraph<PlanResults> {
    let assembly = try PlanAssembly(self, model, samples: batch, isAlone: isAlone)
    let results = assembly.results()
    return NetworkGraph(graph: try assembly.builder.finish().simplified(), results: results)
  }
}

extension ExplanationPlan {
  /// Puts the graph together as `built` does, only to find out whether it can be.
  ///
  /// - Parameter model: The network.
  /// - Throws: What `built` throws.
  package func checkFit(for model: Model) throws {
    let assembly = try PlanAssembly(self, model, samples: model.fixedBatch ?? 1, isAlone: true)
    _ = assembly.results()
    _ = try assembly.builder.finish()
  }
}

/// Puts the graph of a plan together.
private struct PlanAssembly {
  let builder: GraphBuilder
  private let plan: ExplanationPlan
  private let isAlone: Bool
  private let inputNames: [String]
  /// The forms of the network that methods are defined on, in the order in which they occur.
  private let networks: [(form: NetworkForm, network: PlanNetwork)]

  init(_ plan: ExplanationPlan, _ model: Model, samples: Int, isAlone: Bool) throws {
    let forms = plan.forms
    let imported = try model.imports.imported(for: samples)
    let first = try model.network(imported, forms[0], keeping: plan.observed)
    let builder = GraphBuilder(first.graph)
    builder.removeOutputs()
    let main = try PlanNetwork(
      plan, model, first, first.graph.nodes.indices.map { builder.value(ValueID($0)) },
      areBaked: isAlone)
    var networks = [(forms[0], main)]
    for form in forms.dropFirst() {
      // Another form of the network stands beside the first, for the same inputs.
      let other = try model.network(imported, form, keeping: plan.observed)
      let inputs = zip(model.inputs, first.parts.inputs).map { ($0.name, builder.value($1)) }
      let values = try builder.insert(
        other.graph, inputs: Dictionary(inputs) { first, _ in first })
      networks.append((form, try PlanNetwork(plan, model, other, values, seeds: main.seeds)))
    }
    self.plan = plan
    self.isAlone = isAlone
    inputNames = model.inputs.map(\.name)
    self.builder = builder
    self.networks = networks
  }

  /// Asks for everything.
  func results() -> PlanResults {
    let scores = builder.output("scores", networks[0].network.scores)
    let targets = isAlone ? [] : placements()
    let items = plan.items.enumerated().map { output($1, "\($0)") }
    let inputs = inputNames.count == 1 ? ["input"] : inputNames
    let ledgers = networks.flatMap { form, network in
      network.ledgerPasses("\(form)", places: plan.observed.map(\.name) + inputs)
    }
    return PlanResults(
      scores: scores, targets: targets, items: items, arrivals: isAlone ? [] : arrivals(),
      conditions: isAlone ? [] : conditions(), ledgers: ledgers)
  }

  /// Asks for how much small changes show in the maps of items.
  private func conditions() -> [OutputHandle?] {
    plan.items.enumerated().map { index, item in
      item.method.method.condition.map { condition in
        builder.output("condition \(index)", condition(site(item), item.method.settings))
      }
    }
  }

  /// What the method of an item may look at.
  private func site(_ item: PlanItem) -> MethodSite {
    let form = item.method.networkForm
    var site = (networks.first { $0.form == form } ?? networks[0]).network.site(item)
    let (positions, fields) = (site.input.shape.positions, item.layerFields)
    site.alignment = { [upsampling = plan.upsampling] map in
      map.aligned(to: positions, fields: fields, upsampling)
    }
    return site
  }

  /// Asks for what arrives of the relevance that items are made of.
  private func arrivals() -> [[OutputHandle]] {
    let all = networks.map { form, network in network.arrivals("\(form)") }
    return plan.items.map { item in
      let index = networks.firstIndex { $0.form == item.method.networkForm } ?? 0
      let place = networks[index].network.place(of: item.place)
      return all[index].filter {
        $0.target == item.place.target && $0.place == place
          && $0.methods.contains(item.place.method)
      }.map(\.output)
    }
  }

  /// Asks for what is found about targets.
  private func placements() -> [TargetOutputs] {
    networks[0].network.seeds.enumerated().compactMap { index, seed in
      seed.places.map { places in
        TargetOutputs(
          weights: builder.output("weights \(index)", seed.weights),
          places: builder.output("places \(index)", places))
      }
    }
  }

  /// Asks for what an item gives.
  private func output(_ item: PlanItem, _ number: String) -> ItemResults {
    let site = site(item)
    switch item.method.method.procedure {
    case .graph(let method):
      return output(of: method(site, item.method.settings), item, site, number, weights: nil)
    case .weighted(let weighting):
      let weights = weighting.weights(site, item.method.settings)
      let map = weighting.map(of: weights, site, item.method.settings)
      return output(of: map, item, site, number, weights: weights)
    case .path(let integration):
      let settings = item.method.settings
      return .path(
        integration.rule(settings),
        baseline: builder.output("baseline " + number, integration.baseline(site, settings)))
    case .samples(let sampling): return .sampled(sampling)
    case .optimized(let optimization): return .optimized(optimization)
    case .tail(let scoring):
      return .activation(scoring, builder.output("map " + number, site.activation))
    case .repeats(let repetition):
      let settings = item.method.settings
      let baseline = repetition.changes(settings).compares ? site.baseline(settings) : nil
      return .repeats(
        repetition,
        kept: repetition.kept(site, settings).enumerated().map { index, value in
          builder.output("kept \(number) \(index)", value)
        }, baseline: baseline.map { builder.output("baseline " + number, $0) })
    case .masks(let scoring):
      let channels = scoring.channels(site, item.method.settings)
      return .channels(
        scoring,
        ChannelOutputs(
          maps: builder.output("map " + number, channels.maps),
          summed: builder.output("summed " + number, channels.summed),
          ranking: builder.output("ranking " + number, channels.ranking)))
    }
  }

  /// Asks for a map, `[samples, 1, positions…]`, and for what else the plan keeps of it.
  private func output(
    of map: Value, _ item: PlanItem, _ site: MethodSite, _ number: String, weights: Value?
  ) -> ItemResults {
    let output = builder.output("map " + number, map.withoutChannels)
    var aligned: OutputHandle?
    if plan.alignsMaps {
      let atInput = map.aligned(
        to: site.input.shape.positions, fields: item.fields, plan.upsampling)
      aligned = builder.output("aligned " + number, atInput.withoutChannels)
    }
    let (kept, shape) = (plan.keepsChannelWeights ? weights : nil, site.activation.shape)
    return .map(
      output, aligned: aligned,
      weights: kept.map {
        builder.output("weights of " + number, $0.reshaped(to: [shape[0], shape[1]]))
      })
  }
}

extension ExplanationPlan {
  /// The forms of the network that the methods are defined on, each once.
  fileprivate var forms: [NetworkForm] {
    var forms: [NetworkForm] = []
    for form in methods.map(\.networkForm) where !forms.contains(form) {
      forms.append(form)
    }
    return forms.isEmpty ? [.folded] : forms
  }
}
