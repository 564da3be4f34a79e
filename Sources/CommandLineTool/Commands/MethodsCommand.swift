import ArgumentParser
import Catalogs
import Explanations

/// The command `vitrine methods`.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "Lists the methods, or explains one with its settings.",
    discussion: """
      A method is chosen with --method, its settings with --set:

        vitrine methods layer-cam
        vitrine explain network.onnx cat.png --method hires-cam --set rectified=false
      """)

  @Argument(
    help: "A method to explain; all are listed without it.", completion: MethodChoice.completion)
  var method: String?

  @Flag(help: "Write one JSON document instead of text.")
  var json = false

  func run() throws {
    let chosen = try method.map { [try MethodCatalog.method($0)] } ?? Array(MethodCatalog.entries)
    let methods = chosen.map(MethodEntry.init)
    if json {
      try JSONOutput.write(methods)
    } else if method != nil {
      print(methods.map(\.text).joined(separator: "\n\n"))
    } else {
      print(Self.table(methods) + "\n")
      print("\"vitrine methods NAME\" says when to use a method, and its settings.")
    }
  }

  private static func table(_ methods: [MethodEntry]) -> String {
    var table = TextTable([
      ("method", .leading), ("looks at", .leading), ("network runs", .leading), ("shows", .leading),
    ])
    for method in methods {
      table.add([method.id, method.place, method.cost, method.summary])
    }
    return table.text
  }
}

/// A method as it is listed.
private struct MethodEntry: Encodable {
  let id: String
  let title: String
  let summary: String
  let source: String
  let use: String
  let kind: String
  let cost: String
  let parameters: [ParameterEntry]

  init(_ method: ExplanationMethod) {
    id = method.id
    title = method.title
    summary = method.summary
    source = method.source
    use = method.use
    kind = method.kind.rawValue
    cost =
      switch method.procedure {
      case .graph, .weighted: "forth and back"
      case .masks(let scoring): Self.cost(scoring, of: method)
      case .samples: "once a mask"
      case .tail: "from the layer on"
      case .path: "9 times or more"
      case .optimized: "hundreds of times"
      case .repeats(let repetition): (repetition.count.standardText ?? "many") + " times"
      }
    parameters = method.parameters.map(ParameterEntry.init)
  }

  /// How often the network runs for masks that are channels, with standard settings.
  private static func cost(_ scoring: MaskScoring, of method: ExplanationMethod) -> String {
    let settings = try? ChosenMethod(method).settings
    let count = settings.map { scoring.recipe($0).variation.count } ?? 1
    return count == 1 ? "once a channel" : "\(count) times a channel"
  }

  /// Where it looks, in words.
  var place: String {
    switch kind {
    case MethodKind.activationMap.rawValue: "a layer"
    case MethodKind.attribution.rawValue: "the input"
    default: "input or layer"
    }
  }

  /// Everything about it.
  var text: String {
    let settings = parameters.map { parameter in
      "  --set \(parameter.name)=\(parameter.usage): \(parameter.summary)"
    }
    let head = ["\(id): \(title)", "  \(summary)", "  \(source)"]
    let cost = "  Looks at \(place); the network runs \(cost)."
    return (head + ["", "  \(use)", cost, ""] + settings).joined(separator: "\n")
  }
}
