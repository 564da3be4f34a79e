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
    let given = try settings.map(Self.pair)
    let names = method.flatMap { $0.split(separator: ",").map(String.init) }
    let ids = names.isEmpty ? MethodCatalog.entries.prefix(1).map(\.id) : names
    return try ids.map { id in
      let parameters = try MethodCatalog.method(id).parameters.map(\.name)
      let fitting = given.filter { ids.count == 1 || parameters.contains($0.0) }
      return try ChosenMethod(id, settings: Dictionary(fitting) { _, last in last })
    }
  }

  /// The names of layers.
  var layers: [String] {
    layer.flatMap { $0.split(separator: ",").map(String.init) }
  }

  private static func pair(_ text: String) throws -> (String, String) {
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else {
      throw ValidationError("--set takes name=value, not \"\(text)\".")
    }
    return (sides[0], sides[1])
  }
}
