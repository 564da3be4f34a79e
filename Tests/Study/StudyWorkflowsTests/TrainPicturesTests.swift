import Explanations
import Foundation
import ImageData
import NetworkTraining
import PictureTraining
import TensorCore
import TestSupport
import Testing

@testable import StudyWorkflows
@testable import Workflows

/// Training on made pictures, from a network whose scores are the means of red, green and blue.
struct TrainPicturesTests {
  /// A folder with a network and, in `pictures`, folders of orange and of violet pictures.
  private func made() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try TinyNetwork.writePictures(
      to: folder.url.appending(path: "base.onnx"), sampleAxis: "pictures")
    var generator = SplitMix64(seed: 3)
    for (name, color) in [("orange", [200, 120, 40]), ("violet", [120, 40, 200])] {
      let own = folder.url.appending(path: "pictures/\(name)")
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      for index in 0..<10 {
        let pixels = (0..<20 * 24).flatMap { _ in
          color.map { UInt8($0 + generator.next(below: 41) - 20) }
        }
        try Picture(width: 24, height: 20, pixels: pixels).writePNG(
          to: own.appending(path: "\(index).png").path())
      }
    }
    return folder
  }

  /// What an error says; nothing where there is none.
  private func failure(_ work: () async throws -> Void) async -> String {
    do {
      try await work()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func workflow(_ folder: TemporaryFolder) -> TrainPicturesWorkflow {
    var workflow = TrainPicturesWorkflow(
      path: folder.path("pictures"), base: ModelSettings(path: folder.path("base.onnx")))
    workflow.output = folder.path("colors.onnx")
    workflow.viewCount = 3
    (workflow.headEpochCount, workflow.epochCount) = (30, 4)
    return workflow
  }

  @Test(arguments: [0, 1])
  func `a network that was trained tells its classes in a new file`(stages: Int) async throws {
    let folder = try made()
    var workflow = workflow(folder)
    workflow.stageCount = stages
    let trained = try await workflow.run()
    #expect(trained.trainingCount == 16 && trained.validationCount == 4)
    #expect(trained.validationAccuracy == 1)
    #expect(!FileManager.default.fileExists(atPath: workflow.output + ".unfinished"))
    let model = try ModelSettings(path: workflow.output).load()
    #expect(model.information.labels == ["orange", "violet"])
    #expect(model.layers.contains { $0.name == "kept" }, "layers keep their names")
    let settings = try PictureSettings(model.information, shape: model.inputShape)
    let paths = ["orange", "violet"].map {
      folder.url.appending(path: "pictures/\($0)/3.png").path()
    }
    let views = try paths.map {
      try settings.preprocessing.prepare(PictureFile(reading: $0).picture()).input
    }
    let scores = try Predictor(model, batch: 2).scores(views)
    #expect(scores[0][0] > scores[0][1] && scores[1][1] > scores[1][0])
  }

  @Test(arguments: ["hide", "keep", "crop", "mix"])
  func `maps change what is trained on`(change: String) async throws {
    let folder = try made()
    var workflow = workflow(folder)
    let own = try #require(GuidedAugmentation.Change(rawValue: change))
    workflow.guidance = (GuidedAugmentation(own), try ChosenMethod("grad-cam"))
    workflow.validationShare = 0
    let changed = try await workflow.run()
    workflow.guidance = nil
    let plain = try await workflow.run()
    #expect(changed.loss != plain.loss)
  }

  @Test func `a resumed training ends as an uninterrupted one`() async throws {
    let folder = try made()
    var workflow = workflow(folder)
    (workflow.stageCount, workflow.validationShare) = (1, 0)
    _ = try await workflow.run()
    let whole = try Data(contentsOf: URL(filePath: workflow.output))
    let stopped = workflow
    let stop = Task {
      try await stopped.run { progress in
        if case .layers(let epoch) = progress, epoch.epoch == 2 {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        }
      }
    }
    #expect(try await stop.value.ending == "cancelled")
    #expect(FileManager.default.fileExists(atPath: workflow.output + ".unfinished"))
    workflow.resumes = true
    _ = try await workflow.run()
    #expect(try Data(contentsOf: URL(filePath: workflow.output)) == whole)
  }

  @Test func `tables name classes, groups and parts`() throws {
    let folder = try made()
    let table = folder.url.appending(path: "pictures/labels.csv")
    try """
    file,class,group,split
    orange/0.png,warm,a,train
    orange/1.png,warm,a,test
    violet/0.png,cold,b,validation
    """.write(to: table, atomically: true, encoding: .utf8)
    let listing = try PictureListing(folder.path("pictures")) { _ in }
    #expect(listing.labels == ["cold", "warm"] && listing.groups == ["a", "a", "b"])
    #expect(listing.parts == ["train", "test", "validation"])
    #expect(listing.pictures.classes == [1, 1, 0])
    try "name,kind\nx,y\n".write(to: table, atomically: true, encoding: .utf8)
    #expect { try PictureListing(table.path()) { _ in } } throws: {
      "\($0)".contains("file and class")
    }
    try "file,class\norange/0.png,one\norange/1.png,one\n".write(
      to: table, atomically: true, encoding: .utf8)
    #expect { try PictureListing(table.path()) { _ in } } throws: {
      "\($0)".contains("2 or more classes")
    }
  }

  @Test func `what cannot be trained is refused with advice`() async throws {
    let folder = try made()
    var workflow = workflow(folder)
    workflow.stageCount = 7
    let unknown = await failure { [workflow] in _ = try await workflow.run() }
    #expect(unknown.contains("1 stages"))
    workflow.stageCount = 1
    workflow.output = workflow.base.path
    let overwriting = await failure { [workflow] in _ = try await workflow.run() }
    #expect(overwriting.contains("another file"))
  }

  @Test func `a file for one picture at a time gets a new head, and nothing more`() async throws {
    let folder = try made()
    try TinyNetwork.writePictures(to: folder.url.appending(path: "base.onnx"))
    var workflow = workflow(folder)
    let refused = await failure { [workflow] in _ = try await workflow.run() }
    #expect(refused.contains("free number of samples"))
    workflow.stageCount = 0
    #expect(try await workflow.run().validationAccuracy == 1)
  }

  @Test func `a trial tells arms apart and is not made twice`() async throws {
    let folder = try made()
    var trial = try AugmentationTrial(
      path: folder.path("pictures"),
      base: ModelSettings(path: folder.path("base.onnx")),
      output: folder.path("trial"))
    trial.arms = try ["plain", "hide:grad-cam", "hide:grad-cam:moved"].map {
      try AugmentationArm($0)
    }
    (trial.shotCount, trial.foldCount, trial.repeatCount, trial.epochCount) = (3, 2, 1, 2)
    let result = try await trial.run()
    #expect(result.runs.count == 2 && result.runs.map(\.test.count).reduce(0, +) == 20)
    #expect(
      result.accuracies.map(\.arm) == ["head", "plain", "hide:grad-cam", "hide:grad-cam:moved"])
    #expect(result.accuracies.allSatisfy { $0.share > 0.9 })
    let file = folder.url.appending(path: "trial/run-1-1.json")
    let before = try Data(contentsOf: file)
    _ = try await trial.run()
    #expect(try Data(contentsOf: file) == before, "runs that are there are not made again")
    trial.shotCount = 2
    let other = await failure { [trial] in _ = try await trial.run() }
    #expect(other.contains("other settings"))
  }
}
