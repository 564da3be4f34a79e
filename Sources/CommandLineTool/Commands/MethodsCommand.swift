import ArgumentParser
import Catalogs
import Explanations

/// The command `vitrine methods`.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "Lists the methods and their settings.",
    discussion: """
      A method is chosen with --method, its settings with --set:

        vitrine explain network.onnx cat.png --method hires-cam --set rectified=false
      """)

  @Flag(help: "Write one JSON document instead of text.")
  var json = false

  func run() throws {
    let methods = MethodCatalog.entries.map(MethodEntry.init)
    if json {
      try JSONOutput.write(methods)
    } else {
      print(methods.map(\.text).joined(separator: "\n\n"))
    }
  }
}

/// A method as it is listed.
private struct MethodEntry: Encodable {
  struct Parameter: Encodable {
    let name: String
    let summary: String
    let standard: String?
    let usage: String
  }

  let id: String
  let title: String
  let summary: String
  let source: String
  let kind: String
  let parameters: [Parameter]

  init(_ method: ExplanationMethod) {
    id = method.id
    title = method.title
    summary = method.summary
    source = method.source
    kind = method.kind.rawValue
    parameters = method.parameters.map {
      Parameter(
        name: $0.name, summary: $0.summary, standard: $0.standardText, usage: $0.usage)
    }
  }

  var text: String {
    let settings = parameters.map { parameter in
      "  --set \(parameter.name)=\(parameter.usage): \(parameter.summary)"
    }
    return (["\(id): \(title)", "  \(summary)", "  \(source)"] + settings).joined(separator: "\n")
  }
}
