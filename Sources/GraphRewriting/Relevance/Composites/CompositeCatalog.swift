public import Catalogs
public import GraphIR

/// One entry of the catalog of composites.
public struct CompositeEntry: CatalogEntry {
  /// The name in files and on the command line.
  public let id: String

  /// Which rule is where, in a phrase.
  public let summary: String

  /// The composite.
  public let composite: Composite

  init(id: String, summary: String, _ composite: Composite) {
    self.id = id
    self.summary = summary
    self.composite = composite
  }

  /// Makes the composite.
  ///
  /// - Parameter bias: What becomes of biases; what is usual for each rule when nil.
  /// - Returns: The composite.
  public func make(bias: BiasHandling? = nil) -> Composite { composite.with(bias: bias) }
}

/// All composites.
public enum CompositeCatalog {
  /// The entries.
  public static let entries = Catalog<CompositeEntry>(
    "composite",
    [
      zPlus, zPlusBox, epsilon, epsilonPlus, epsilonAlpha2Beta1, epsilonGammaBox, alpha2Beta1,
      relevanceCAMOfficial,
    ])

  /// z⁺ everywhere; biases are ignored unless said otherwise.
  public static let zPlus = CompositeEntry(
    id: "z-plus", summary: "z-plus in all layers; biases ignored",
    Composite(convolution: RuleChoice("z-plus"), bias: .ignored))

  /// z⁺ everywhere but in the first layer, which has the box rule with the bounds of the sample.
  public static let zPlusBox = CompositeEntry(
    id: "z-plus-box", summary: "z-plus, box in the first layer; biases ignored",
    Composite(first: RuleChoice("box"), convolution: RuleChoice("z-plus"), bias: .ignored))

  /// ε everywhere.
  public static let epsilon = CompositeEntry(
    id: "epsilon", summary: "epsilon (1e-6) in all layers",
    Composite(convolution: RuleChoice("epsilon"), bias: .once))

  /// z⁺ in convolutions, ε in dense layers.
  public static let epsilonPlus = CompositeEntry(
    id: "epsilon-plus", summary: "z-plus in convolutions, epsilon in dense layers",
    Composite(
      convolution: RuleChoice("z-plus", bias: .positive), dense: RuleChoice("epsilon"),
      bias: .once))

  /// α 2, β 1 in convolutions, ε in dense layers.
  public static let epsilonAlpha2Beta1 = CompositeEntry(
    id: "epsilon-alpha2-beta1", summary: "alpha 2, beta 1 in convolutions, epsilon in dense layers",
    Composite(
      convolution: RuleChoice("alpha-beta", bias: .positive), dense: RuleChoice("epsilon"),
      bias: .once))

  /// γ 0.25 in convolutions, ε in dense layers, the box rule in the first layer.
  public static let epsilonGammaBox = CompositeEntry(
    id: "epsilon-gamma-box",
    summary: "gamma 0.25 in convolutions, epsilon in dense layers, box in the first layer",
    Composite(
      first: RuleChoice("box"), convolution: RuleChoice("gamma"), dense: RuleChoice("epsilon"),
      bias: .once))

  /// α 2, β 1 everywhere.
  public static let alpha2Beta1 = CompositeEntry(
    id: "alpha2-beta1", summary: "alpha 2, beta 1 in all layers",
    Composite(convolution: RuleChoice("alpha-beta", bias: .positive), bias: .once))

  /// What the released Relevance-CAM code does: biases count twice, sums have no stabilizer, and
  /// batch norms are left beside their convolutions.
  public static let relevanceCAMOfficial = CompositeEntry(
    id: "relevance-cam-official",
    summary: "as the released Relevance-CAM code: z-plus with biases twice, nothing stabilized",
    relevanceCAM)

  private static var relevanceCAM: Composite {
    let dense = RuleChoice("z-plus", ["epsilon": [0]], bias: .ignored)
    var composite = Composite(first: RuleChoice("box"), convolution: dense, dense: dense)
    composite.convolution.bias = .twice
    composite.averaging = dense
    composite.sum = .unstabilized
    composite.affine = .passThrough
    composite.network = .asInFile
    return composite
  }

  /// The composite with an id.
  ///
  /// - Parameter id: As listed by the catalog.
  /// - Returns: Its entry.
  /// - Throws: `GraphError` naming the nearest composites, and all, when there is none.
  public static func composite(_ id: String) throws(GraphError) -> CompositeEntry {
    guard let entry = entries[id] else {
      throw GraphError(.relevanceUndefined, entries.absence(of: id))
    }
    return entry
  }
}
