public import Catalogs
public import GraphIR
import Operations

/// What is done to a map at the end, if its setting says so.
public struct FinishingStep: Sendable {
  /// The setting.
  public let parameter: Parameter<Bool>

  private let change: @Sendable (Value) -> Value

  /// Creates a step.
  ///
  /// - Parameters:
  ///   - parameter: Whether it is done.
  ///   - change: What is done to the map, `[samples, 1, positions…]`.
  public init(_ parameter: Parameter<Bool>, change: @escaping @Sendable (Value) -> Value) {
    self.parameter = parameter
    self.change = change
  }

  /// Negative evidence is cut off.
  ///
  /// - Parameter standard: Whether it is when nothing is said.
  /// - Returns: The step `rectified`.
  public static func rectified(_ standard: Bool) -> FinishingStep {
    let summary = "whether evidence against the target is cut off (set to zero)"
    return FinishingStep(Parameter("rectified", summary, standard: standard)) { $0.rectified }
  }

  /// The map of every sample is divided by its largest magnitude, unless that is 0.
  ///
  /// - Parameter standard: Whether it is when nothing is said.
  /// - Returns: The step `normalized`.
  public static func normalized(_ standard: Bool) -> FinishingStep {
    let summary = "whether the map is divided by its largest value at the end"
    return FinishingStep(Parameter("normalized", summary, standard: standard)) {
      $0.dividedByMaximum
    }
  }

  /// The map as the settings ask for it.
  func finished(_ map: Value, _ settings: Settings) -> Value {
    settings[parameter] ? change(map) : map
  }
}

extension MethodProcedure {
  /// The procedure with steps at its end, in their order.
  func followed(by steps: [FinishingStep]) -> MethodProcedure {
    guard !steps.isEmpty else { return self }
    switch self {
    // What is integrated or sampled adds up, and masks are shares: they are left as they are.
    case .path, .samples, .optimized: return self
    case .graph(let map):
      return .graph { site, settings in
        steps.reduce(map(site, settings)) { $1.finished($0, settings) }
      }
    case .weighted(let weighting):
      return .weighted(
        ChannelWeighting(weights: weighting.weights, finishing: weighting.finishing + steps))
    case .masks(let scoring): return .masks(scoring.followed(by: steps))
    case .tail(let scoring): return .tail(scoring.followed(by: steps))
    case .repeats(let repetition): return .repeats(repetition.followed(by: steps))
    }
  }
}
