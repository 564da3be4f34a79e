public import GraphIR

/// One entry of the catalog of composites.
public struct CompositeEntry: Sendable {
  /// The name in files and on the command line.
  public let id: String

  /// Which rule is where, in a phrase.
  public let summary: String

  private let build: @Sendable (BiasHandling?) -> Composite

  init(
    id: String, summary: String, build: @escaping @Sendable (BiasHandling?) -> Composite
  ) {
    self.id = id
    self.summary = summary
    self.build = build
  }

  /// Makes the composite.
  ///
  /// - Parameter bias: What becomes of biases; what is usual for each rule when nil.
  /// - Returns: The composite.
  public func make(bias: BiasHandling? = nil) -> Composite { build(bias) }
}

/// All composites.
public enum CompositeCatalog {
  /// The entries.
  public static let entries: [CompositeEntry] = [
    zPlus, zPlusBox, epsilon, epsilonPlus, epsilonAlpha2Beta1, epsilonGammaBox, alpha2Beta1,
    relevanceCAMOfficial,
  ]

  /// z⁺ everywhere; biases are ignored unless said otherwise.
  public static let zPlus = CompositeEntry(
    id: "z-plus", summary: "z-plus in all layers; biases ignored"
  ) { bias in
    let rule = ZPlusRule(bias: bias ?? .ignored)
    return Composite(convolution: rule, dense: rule, bias: bias ?? .ignored)
  }

  /// z⁺ everywhere but in the first layer, which has the box rule with the bounds of the sample.
  public static let zPlusBox = CompositeEntry(
    id: "z-plus-box", summary: "z-plus, box in the first layer; biases ignored"
  ) { bias in
    var composite = zPlus.make(bias: bias)
    composite.first = BoxRule()
    return composite
  }

  /// ε everywhere.
  public static let epsilon = CompositeEntry(
    id: "epsilon", summary: "epsilon (1e-6) in all layers"
  ) { bias in
    let rule = EpsilonRule(.tiny, bias: bias ?? .once)
    return Composite(convolution: rule, dense: rule, bias: bias ?? .once)
  }

  /// z⁺ in convolutions, ε in dense layers.
  public static let epsilonPlus = CompositeEntry(
    id: "epsilon-plus", summary: "z-plus in convolutions, epsilon in dense layers"
  ) { bias in
    Composite(
      convolution: ZPlusRule(bias: bias ?? .positive),
      dense: EpsilonRule(.tiny, bias: bias ?? .once), bias: bias ?? .once)
  }

  /// α 2, β 1 in convolutions, ε in dense layers.
  public static let epsilonAlpha2Beta1 = CompositeEntry(
    id: "epsilon-alpha2-beta1", summary: "alpha 2, beta 1 in convolutions, epsilon in dense layers"
  ) { bias in
    Composite(
      convolution: AlphaBetaRule(valid: 2, bias: bias ?? .positive),
      dense: EpsilonRule(.tiny, bias: bias ?? .once), bias: bias ?? .once)
  }

  /// γ 0.25 in convolutions, ε in dense layers, the box rule in the first layer.
  public static let epsilonGammaBox = CompositeEntry(
    id: "epsilon-gamma-box",
    summary: "gamma 0.25 in convolutions, epsilon in dense layers, box in the first layer"
  ) { bias in
    Composite(
      first: BoxRule(), convolution: GammaRule(bias: bias ?? .once),
      dense: EpsilonRule(.tiny, bias: bias ?? .once), bias: bias ?? .once)
  }

  /// α 2, β 1 everywhere.
  public static let alpha2Beta1 = CompositeEntry(
    id: "alpha2-beta1", summary: "alpha 2, beta 1 in all layers"
  ) { bias in
    let rule = AlphaBetaRule(valid: 2, bias: bias ?? .positive)
    return Composite(convolution: rule, dense: rule, bias: bias ?? .once)
  }

  /// What the released Relevance-CAM code does: biases count twice, sums have no stabilizer.
  ///
  /// Its numbers come out only where batch norms are left beside their convolutions, that is in a
  /// graph that is not canonicalized.
  public static let relevanceCAMOfficial = CompositeEntry(
    id: "relevance-cam-official",
    summary: "as the released Relevance-CAM code: z-plus with biases twice, nothing stabilized"
  ) { bias in
    let convolution = ZPlusRule(bias: bias ?? .twice, .zeroAtZero)
    let dense = ZPlusRule(bias: bias ?? .ignored, .zeroAtZero)
    var composite = Composite(first: BoxRule(), convolution: convolution, dense: dense)
    composite.averaging = dense
    composite.sum = .unstabilized
    return composite
  }

  /// The composite with an id.
  ///
  /// - Parameter id: As listed by the catalog.
  /// - Returns: Its entry.
  /// - Throws: `GraphError` naming the composites there are when there is none.
  public static func composite(_ id: String) throws(GraphError) -> CompositeEntry {
    if let entry = entries.first(where: { $0.id == id }) { return entry }
    throw GraphError(
      .relevanceUndefined,
      "there is no composite \"\(id)\"; there are "
        + entries.map(\.id).joined(separator: ", "))
  }
}
