import Catalogs
import Explanations
import Foundation
import GraphIR
import GraphRewriting
import Operations
import TestSupport
import Testing

/// Composites that users write as JSON.
struct CompositeTests {
  static let full = """
    {"first": {"rule": "box", "low": [-1, -2, -3], "high": 1},
     "last": {"rule": "alpha-beta", "alpha": 0, "beta": -1},
     "convolution": {"rule": "gamma", "gamma": 0.25, "bias": "once"},
     "dense": {"rule": "epsilon", "epsilon": 1e-6}, "averaging": {"rule": "zero"},
     "sum": "equal", "pooling": "proportional", "affine": "linear", "bias": "ignored",
     "product": "values", "normalization": "identity", "network": "as-in-file"}
    """

  static let refusals: [(json: String, part: String)] = [
    (#"{"convolution": {"rule": "gama"}}"#, #"no relevance rule "gama". Did you mean "gamma"?"#),
    (#"{"convolution": {"rule": "gama"}}"#, "There are z-plus, alpha-beta"),
    (#"{"convolution": {"rule": "zero"}, "dens": {}}"#, #"no key "dens". Did you mean "dense"?"#),
    (
      #"{"convolution": {"rule": "gamma", "epsilon": 1}}"#, #"no setting "epsilon"; it has gamma"#
    ),
    (#"{"convolution": {"rule": "alpha-beta", "alpha": 3, "beta": 1}}"#, "should be 1"),
    (#"{"convolution": {"rule": "gamma", "gamma": "x"}}"#, #""gamma" should be a number"#),
    (#"{"convolution": {"rule": "gamma", "gamma": [1, 2]}}"#, #"one number, not "1.0,2.0""#),
    (#"{"convolution": {"rule": "box", "low": 2, "high": 1}}"#, "should not exceed"),
    (#"{"convolution": {"gamma": 1}}"#, #""convolution" has no "rule""#),
    (#"{"convolution": 5}"#, #""convolution" should be an object"#),
    (#"{"sum": "signed"}"#, #"a rule for "convolution" is missing"#),
    (#"{"convolution": {"rule": "zero"}, "sum": "half"}"#, "signed or unstabilized or absolute"),
    (#"{"convolution": {"rule": "zero"}, "pooling": 1}"#, #""pooling" should be a text"#),
    ("{\"convolution\": {\"rule\": \"zero\"},\n \"sum\" \"equal\"}", "line 2, column 8"),
    (#"{"convolution": {"rule": "zero"}"#, "malformed JSON: Unexpected end"),
  ]

  @Test func `a composite survives writing and reading`() throws {
    let recipe = try JSONDecoder().decode(Composite.self, from: Data(Self.full.utf8))
    let copy = try JSONDecoder().decode(
      Composite.self, from: JSONEncoder().encode(recipe))
    #expect(copy == recipe)
    #expect(recipe.first?.numbers == ["low": [-1, -2, -3], "high": [1]])
    #expect((recipe.sum, recipe.pooling, recipe.affine) == (.equal, .proportional, .linear))
    #expect(recipe.network == .asInFile)
    #expect((recipe.product, recipe.normalization) == (.values, .identity))
    let rules = try CompositeRules(recipe)
    #expect((rules.sum, rules.pooling, rules.affine) == (.equal, .proportional, .linear))
    #expect((rules.product, rules.normalization) == (.values, .identity))
    let box = try #require(rules.first as? BoxRule)
    #expect(box.lower == [-1, -2, -3] && box.upper == [1])
    let gamma = try #require(rules.convolution as? GammaRule)
    #expect(gamma.gamma == 0.25 && gamma.bias == .once)
    let dense = try #require(rules.dense as? EpsilonRule)
    #expect(dense.stabilizer == .epsilon(1e-6) && dense.bias == .ignored)
    let last = try #require(rules.last as? AlphaBetaRule)
    #expect(last.alpha == 0 && last.beta == -1 && last.bias == .ignored)
    #expect((rules.averaging as? EpsilonRule)?.stabilizer == .zeroAtZero)
    let overridden = try CompositeRules(recipe.with(bias: .twice))
    #expect((overridden.convolution as? GammaRule)?.bias == .twice)
  }

  @Test func `a setting takes an id, JSON, or a file of it`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.full, to: "mine.json")
    func kept(_ composite: String) throws -> String {
      let chosen = try ChosenMethod("lrp", settings: ["composite": composite])
      return try #require(chosen.settings.texts["composite"])
    }
    let read = try kept(file)
    // What is kept is the recipe itself, so that a manifest can be repeated without the file.
    #expect(try read == kept(Self.full))
    let recipe = try JSONDecoder().decode(Composite.self, from: Data(read.utf8))
    #expect(try recipe == JSONDecoder().decode(Composite.self, from: Data(Self.full.utf8)))
    #expect(try kept(read) == read)
    #expect(try kept("z-plus") == "z-plus")
  }

  /// Whether batch norms are folded is a property of the composite, not of its name.
  @Test(arguments: CompositeCatalog.entries.map(\.id))
  func `a composite of the catalog is the one that its JSON is`(id: String) throws {
    let composite = try CompositeCatalog.composite(id).composite
    let json = String(decoding: try JSONEncoder().encode(composite), as: UTF8.self)
    let chosen = try ChosenMethod("lrp", settings: ["composite": json])
    #expect(chosen.settings[.composite] == composite)
    #expect(chosen.settings.texts["composite"] == id)
  }

  @Test func `a rule of one's own is part of a composite`() throws {
    struct Half: RelevanceRule {
      var share: Float = 0.5
      func inputRelevance(at site: LinearSite) -> Value { site.relevance * share }
    }
    let composite = Composite(convolution: Half(), dense: EpsilonRule())
    #expect(composite == Composite(convolution: Half(), dense: EpsilonRule()))
    #expect(composite != Composite(convolution: Half(share: 0.25), dense: EpsilonRule()))
    var chosen = try ChosenMethod("lrp")
    chosen.settings[.composite] = composite
    #expect(chosen.settings.texts["composite"]?.contains("Half(share: 0.5)") == true)
    let rules = try CompositeRules(chosen.settings[.composite].with(bias: .ignored))
    #expect(rules.convolution as? Half == Half())
  }

  @Test(arguments: refusals)
  func `what is wrong is said in one line`(json: String, part: String) throws {
    let error = #expect(throws: ExplanationError.self) {
      try ChosenMethod("lrp", settings: ["composite": json])
    }
    #expect(error?.code == .invalidSetting)
    let text = try #require(error?.description)
    #expect(text.contains(part), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func `files that cannot be used are named`() throws {
    let folder = try TemporaryFolder()
    let broken = try folder.write(#"{"convolution": {"rule": "gama"}}"#, to: "broken.json")
    let cases = [
      (folder.path("absent.json"), "absent.json cannot be read"), (broken, "broken.json"),
      (broken, "Did you mean"), ("zplus", #"Did you mean "z-plus""#),
      ("zplus", "ends in .json"),
    ]
    for (value, part) in cases {
      #expect {
        try ChosenMethod("lrp", settings: ["composite": value])
      } throws: { "\($0)".contains(part) }
    }
  }

  @Test(
    arguments: [
      ("relevance-map", [:], []),
      ("relevance-map", ["contrast": "one-hot"], ["z-plus in the last layer"]),
      ("relevance-cam", ["contrast": "logit", "composite": "epsilon-plus"], []),
      ("relevance-cam", ["composite": "epsilon"], ["contrast=balanced divides by sums"]),
      ("relevance-cam", ["composite": "epsilon", "contrast": "one-hot"], []),
      ("lrp", [:], []),
      ("grad-cam", [:], []),
    ] as [(String, [String: String], [String])])
  func `settings that make relevance blind or unsteady are named`(
    method: String, settings: [String: String], expected: [String]
  ) throws {
    let cautions = try ChosenMethod(method, settings: settings).cautions
    #expect(cautions.count == expected.count)
    for (caution, part) in zip(cautions, expected) {
      #expect(caution.hasPrefix("\(method): ") && caution.contains(part))
    }
  }
}
