import Catalogs
import ExplanationQuality
import Foundation
import TestSupport
import Testing

struct MetricCatalogTests {
  @Test(arguments: MetricCatalog.entries.ids)
  func `an entry says what it is`(id: String) throws {
    let metric = try MetricCatalog.metric(id)
    #expect(MetricCatalog.entries.ids.count { $0 == id } == 1)
    #expect(!metric.title.isEmpty && !metric.formula.isEmpty)
    #expect(metric.summary.count < 100 && metric.title.count < 30 && metric.formula.count < 120)
    for text in [metric.summary, metric.chance] {
      #expect(!text.hasSuffix(".") && text.first?.isUppercase != true, "\(text)")
    }
    #expect(metric.caution.isEmpty || metric.caution.hasSuffix("."))
  }

  @Test func `the catalog has every metric and control that there is`() throws {
    let folder = SharedData.packageRoot.appending(path: "Sources/ExplanationQuality")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path()))
    var counts = ["Metric": 0, "Control": 0]
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for kind in counts.keys {
        counts[kind, default: 0] +=
          text.components(separatedBy: "static let entry = \(kind)(").count - 1
      }
    }
    #expect(
      counts == ["Metric": MetricCatalog.entries.count, "Control": ControlCatalog.entries.count])
  }

  @Test func `a metric is read with its settings and written back`() throws {
    let chosen = try ChosenMetric(parsing: "iou:threshold=50%")
    #expect(chosen.metric.id == "iou" && chosen.text == "iou:threshold=50%")
    #expect(chosen.title == "IoU (threshold 50%)")
    let standard = try ChosenMetric(parsing: "iou:threshold=mean+std")
    #expect(standard.text == "iou" && standard.title == "IoU")
  }

  @Test func `further names that people know are understood`() throws {
    let texts = ["pointing-game:margin=5", "average-drop", "mprt"].map { text in
      try? ChosenMetric(parsing: text).text
    }
    #expect(texts == ["pointing:margin=5", "drop", "randomization"])
  }

  @Test(arguments: [
    (["energi"], "there is no metric \"energi\". Did you mean \"energy\""),
    ([""], "there is no metric \"\""),
    (["iou:50%"], "iou: settings are written iou:name=value, not \"50%\""),
    (["iou:"], "iou: settings are written iou:name=value, not \"\""),
    (["iou:limit=3"], "iou has no setting \"limit\"; it has threshold"),
    (["iou:threshold=half"], "iou: threshold is mean+std or best or top or 15% or 50%"),
    (["pointing:margin=x"], "pointing: margin is auto or a number in 0…100, not \"x\""),
    (["pointing:margin=5:margin=6"], "pointing: margin is given twice"),
    (["iou", "iou:threshold=mean+std"], "the metric iou is given twice"),
  ])
  func `what cannot be read is told`(texts: [String], message: String) {
    let error = #expect(throws: SettingsError.self) { try ChosenMetric.list(texts) }
    #expect(error?.description.hasPrefix(message) ?? false, "\(error?.description ?? "")")
  }
}
