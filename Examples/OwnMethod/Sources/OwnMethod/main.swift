import Vitrine

// OwnMethod NETWORK PICTURE FOLDER: explains a picture with what this package adds.
let arguments = CommandLine.arguments
precondition(arguments.count == 4, "usage: OwnMethod NETWORK PICTURE FOLDER")

var relevance = try ChosenMethod("lrp")
relevance.settings[.composite] = magnitudesFirst

let request = ExplanationRequest(
  model: ModelSettings(path: arguments[1]), inputs: [arguments[2]],
  methods: [try ChosenMethod(positiveCAM), relevance])
var workflow = ExplainWorkflow(request)
workflow.folder = arguments[3]
workflow.formats = [.png]

for input in try await workflow.run().inputs {
  print(input.explanations.flatMap(\.files).joined(separator: "\n"))
}
