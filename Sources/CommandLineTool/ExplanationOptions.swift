import ArgumentParser
import Catalogs
import Explanations
import Workflows

/// What is explained and how: the options that explaining, comparing and exporting share.
struct ExplanationOptions: ParsableArguments {
  @Option(
    name: [.customShort("m"), .customLong("method"), .customLong("methods")],
    parsing: .singleValue,
    help: """
      Methods of "vitrine methods", with commas or repeated; "all" for each that fits the network. \
      Settings of one alone stand behind colons, as in relevance-cam:composite=epsilon. \
      By default that of the network's study, integrated-gradients for spectra and grad-cam for all \
      else; export takes deep-lift for integrated-gradients, and compare sets others beside it (of \
      pictures grad-cam, relevance-cam and relevance-map).
      """,
    completion: MethodChoice.completion)
  var method: [String] = []

  @Option(
    name: [.customShort("l"), .customLong("layer"), .customLong("layers")],
    parsing: .singleValue,
    help: """
      Layers of "vitrine inspect", with commas or repeated: names, ends of names, or indices; \
      "all" for each that has a map, "stages" for the last of each resolution. By default the last \
      convolution stage; compare takes "stages".
      """)
  var layer: [String] = []

  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: """
      What is explained: a label, an index, top, top2…, A-vs-B for a margin, A-vs-others for that over the mean of all \
      others, "not A" for what speaks \
      against a class, weights:0.5,-0.5,… with one weight per score, output[5] for a number by its \
      index, or similarity:FILE for the likeness of two inputs; can be repeated. \
      The class with the highest score by default (against the others where a spectrum is compared with a baseline). Where the output has positions, @best, @mask (where \
      the class wins), @all, @row,column, @step or @region:FILE.png may follow a class; text[3] is the \
      fourth symbol of a text.
      """)
  var target: [String] = []

  @Option(
    help: """
      What of the target is explained; probabilities where the network has some. Relevance starts at the logits in any case; \
      --set contrast=sglrp starts it with the gradient of the probability.
      """)
  var score = ScoreForm.logit

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "A setting of the methods, such as rectified=false; can be repeated.",
    completion: MethodChoice.settingCompletion)
  var settings: [String] = []

  @Option(
    parsing: .singleValue,
    help: """
      Inputs whose mean others are compared with by integrated-gradients, deep-lift, \
      gradient-times-input and others with a setting baseline, and which gradient-shap compares with \
      one by one: a file or folder; can be repeated. What the network's study keeps by default.
      """,
    completion: .file())
  var background: [String] = []

  @Option(help: "How maps are brought to the input.")
  var upsampling = Upsampling.receptiveField

  /// The request of a command that explains samples.
  ///
  /// - Throws: What is wrong with an option.
  func request(
    _ model: ModelOptions, _ preparation: PreparationOptions, _ samples: SampleOptions,
    _ mapInputs: MapInputOptions, _ running: RunOptions
  ) throws -> ExplanationRequest {
    var request = try request(model.settings(preparation.information()))
    samples.apply(to: &request)
    try mapInputs.apply(to: &request)
    request.unit = preparation.unit?.axisUnit
    running.apply(to: &request)
    return request
  }

  /// The request that these describe.
  ///
  /// - Parameter model: The network.
  /// - Returns: A request without inputs.
  /// - Throws: `ExplanationError` or `ValidationError` for methods and settings that do not exist.
  func request(_ model: ModelSettings) throws -> ExplanationRequest {
    let names = CommaList.parts(method)
    let ids = names == ["all"] ? MethodCatalog.entries.map(\.id) : names
    var request = ExplanationRequest(
      model: model,
      methods: ids.isEmpty ? [] : try MethodChoice.methods(ids, settings: settings))
    if ids.isEmpty {
      request.choosesMethod = true
      let given = try settings.map(MethodChoice.pair)
      let known = Set(MethodCatalog.entries.flatMap { $0.parameters.map(\.name) })
      if let (name, _) = given.first(where: { !known.contains($0.0) }) {
        throw WorkflowError(
          .invalidSetting,
          "no method has a setting \"\(name)\"; there are \(known.sorted().joined(separator: ", "))"
        )
      }
      request.usualSettings = Dictionary(given) { _, last in last }
    }
    request.background = background
    request.leavesOutUnsuitable = names == ["all"]
    request.layers = CommaList.parts(layer)
    request.targets = target
    request.form = score
    request.upsampling = upsampling
    return request
  }
}
