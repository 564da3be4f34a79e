import Testing
import VitrineEvaluation

struct EvaluationDoorTests {
  /// A metric of one's own, and whatever an evaluation is set with, come with the one import.
  @Test func `an evaluation with a metric of one's own is set up through one import`() throws {
    let metric = Metric(
      id: "highest", title: "Highest value", summary: "the largest value of the map",
      formula: "max L", source: "made for this test", topic: .complexity, direction: .none,
      bounds: (nil, nil),
      procedure: .map { map, _ in Measurement(map.values.max().map(Double.init)) })
    var workflow = EvaluateWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: "network.onnx"), inputs: ["pictures"],
        methods: [try ChosenMethod("grad-cam")]))
    workflow.metrics = [try ChosenMetric(metric), try ChosenMetric(parsing: "insertion:steps=8")]
    workflow.half = .test
    workflow.scale = .logOdds
    #expect(workflow.folder == "evaluation" && workflow.metrics[0].text == "highest")
  }
}
