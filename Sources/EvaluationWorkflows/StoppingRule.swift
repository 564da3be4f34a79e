import Evaluation
import ExplanationQuality
import Explanations
import Statistics
import Synchronization
import Workflows

/// Ends an evaluation once differences are known well enough.
///
/// The width of intervals is fixed, not their distance from zero, so that stopping early does not make
/// differences look surer than they are (Y. S. Chow, H. Robbins, Annals of Mathematical Statistics 36 (1965)
/// 457–462).
final class StoppingRule: Sendable {
  /// How many inputs there must be, and after how many more it is asked again.
  private static let leastCount = 30
  private static let interval = 10

  private let halfWidth: Double
  private let store: EvaluationStore
  private let number: Int64
  private let primary: @Sendable (EvaluationRecord) -> Set<String>
  private let reference: String?
  private let half: EvaluationHalf?
  private let own: [ChosenMetric]
  private let askedAt = Mutex(0)

  init(
    halfWidth: Double, store: EvaluationStore, number: Int64, workflow: EvaluateWorkflow,
    _ setting: EvaluationSetting
  ) {
    self.halfWidth = halfWidth
    self.store = store
    self.number = number
    half = workflow.half
    own = workflow.metrics
    primary = { Set(setting.primary(in: $0)) }
    reference = workflow.reference ?? setting.plan.explanations.methods.first?.method.id
  }

  /// Whether all differences from the reference are known to the width.
  func isMet(_ reporter: WorkflowReporter) -> Bool {
    guard let samples = try? store.samples(of: number) else { return false }
    let count = samples.count { half == nil || $0.half == half }
    guard count >= Self.leastCount,
      askedAt.withLock({ last in
        guard count >= last + Self.interval else { return false }
        last = count
        return true
      }),
      let record = try? store.record(
        of: number, half: half, own: own, curves: false)
    else { return false }
    let primary = primary(record)
    let widths = record.metrics.filter { primary.contains($0.text) }.flatMap { metric in
      record.methods.compactMap { map -> Double? in
        guard let other = record.reference(reference, beside: map) else { return nil }
        return record.halfWidth(metric, map, other)
      }
    }
    guard let widest = widths.max() else { return false }
    reporter.note(
      "after \(count) inputs: primary differences are known to ± "
        + "\(Self.percent(widest)) (until ± \(Self.percent(halfWidth)))")
    return widest <= halfWidth
  }

  private static func percent(_ share: Double) -> String {
    String(Double((1000 * share).rounded()) / 10) + " points"
  }
}

extension EvaluationRecord {
  /// Half the width of Student's 95 % interval of a paired difference; nil for fewer than two inputs.
  fileprivate func halfWidth(
    _ metric: ChosenMetric, _ map: MapKey, _ other: MapKey
  ) -> Double? {
    let differences = zip(values(metric, map), values(metric, other)).compactMap { pair in
      pair.0.flatMap { first in pair.1.map { first - $0 } }
    }
    guard differences.count > 1 else { return nil }
    let count = Double(differences.count)
    return StudentDistribution.criticalValue(level: 0.95, freedom: count - 1)
      * (differences.sampleVariance / count).squareRoot()
  }
}
