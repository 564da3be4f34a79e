import ExplanationQuality
import Explanations
import SpectralData
import Synchronization
import Truth
import Workflows

/// What is known of inputs independently of the network, for one network.
final class JudgedTruth: Sendable {
  private let known: GroundTruth
  private let index: TruthIndex
  private let classes: CategoryClasses
  private let tolerance: Double
  private let reporter: WorkflowReporter
  private let noted = Mutex<Set<String>>([])

  /// Reads truth and says what of it the network does not know.
  ///
  /// - Parameters:
  ///   - path: A file or folder.
  ///   - model: The network.
  ///   - tolerance: What is added on both sides of bands, in the unit of the axis.
  ///   - reporter: Told what was left out.
  /// - Throws: What is wrong with the file, or with its classes.
  init(
    _ path: String, model: Model, tolerance: Double, _ reporter: WorkflowReporter
  ) throws {
    known = try TruthFile.read(path)
    index = TruthIndex(known)
    classes = try CategoryClasses(
      known.categories, labels: model.information.labels, classCount: model.scoreCount)
    self.tolerance = tolerance
    self.reporter = reporter
    for note in known.notes + classes.notes { reporter.note("truth: \(note)") }
  }

  /// Whether it says where things are in pictures, not in spectra.
  var marksPictures: Bool { known.kind != .bands }

  /// What is known of an input; nil for nothing.
  func truth(of sample: PreparedSample) throws -> SampleTruth? {
    let placed: PlacedTruth
    if marksPictures {
      guard let place = try index.place(of: sample.path), let placement = sample.main.placement
      else { return nil }
      placed = try known.placed(known.pictures[place], by: placement)
    } else {
      guard case .spectrum(let spectrum) = sample.main.display else { return nil }
      placed = known.placed(on: spectrum.axis, tolerance: tolerance)
    }
    for note in placed.notes where noted.withLock({ $0.insert(note).inserted }) {
      reporter.note("truth: \(note)")
    }
    return SampleTruth(placed: placed, classes: classes)
  }

  /// Says which files have no truth, and which truth has no file.
  func compare(with paths: [String]) throws {
    guard marksPictures else { return }
    for sentence in try index.differences(from: paths).sentences {
      reporter.warning("truth: \(sentence)")
    }
  }
}

/// What is known of one input.
struct SampleTruth {
  let placed: PlacedTruth
  let classes: CategoryClasses

  /// The classes that something marked in the input stands for; empty where marks name none.
  var marked: Set<Int> {
    Set(placed.regions.flatMap { classes.classes[$0.category] ?? [] })
  }

  /// Whether a class is marked.
  func marks(_ index: Int) -> Bool {
    placed.regions.contains { classes.classes[$0.category]?.contains(index) ?? true }
  }

  /// Where a class stands; nil where it is not marked.
  func region(of index: Int) -> TruthRegion? {
    placed.region(of: classes.categories(of: index)).map {
      TruthRegion(inside: $0.inside, instances: $0.instances, others: $0.others)
    }
  }
}
