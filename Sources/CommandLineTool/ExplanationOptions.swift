import ArgumentParser
import Explanations

/// What is explained and how: the options that explaining and exporting share.
struct ExplanationOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: "A method of \"vitrine methods\"; can be repeated, or several with commas.")
  var method: [String] = []

  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: """
      A layer of "vitrine inspect": its name, the end of it, or its index; can be repeated. \
      The last convolution stage by default; "all" for each that has a map.
      """)
  var layer: [String] = []

  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: """
      What is explained: a label, an index, top, top2…, A-vs-B for a margin, or \
      weights:0.5,-0.5,… with one weight per score; can be repeated. \
      The class with the highest score by default.
      """)
  var target: [String] = []

  @Option(
    help: """
      What of the target is explained: logit or probability. Relevance starts at the logits in any \
      case; --set contrast=sglrp starts it with the gradient of the probability.
      """, transform: Choice.named)
  var score = ScoreForm.logit

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "A setting of the methods, such as rectified=false; can be repeated.")
  var settings: [String] = []

  @Option(
    help: "How maps are brought to the input: receptive-field or half-pixel.",
    transform: Choice.named)
  var upsampling = Upsampling.receptiveField

  /// The methods with their settings; a setting goes to the methods that have it.
  func methods() throws -> [ChosenMethod] {
    let ids = CommaList.parts(method)
    return try MethodChoice.methods(
      ids.isEmpty ? MethodCatalog.entries.prefix(1).map(\.id) : ids, settings: settings)
  }

  /// The names of layers.
  var layers: [String] { CommaList.parts(layer) }
}
