import Catalogs
import Explanations

/// What stands where a metric hides an input, as a user chooses it.
enum MetricFill: String, CaseIterable {
  case auto, blur, line, zero, black, mean, background, infill, noise
}

extension Parameter<MetricFill> {
  static var fill: Parameter {
    Parameter(
      "fill",
      "what stands where the input is hidden: auto is the input blurred for pictures, straight lines "
        + "across gaps for spectra, and zero where shares of positions are shown; zero is that of the "
        + "network's own numbers, mean that of each channel, background the mean of inputs to compare "
        + "with, infill what is left spread into gaps",
      standard: .auto)
  }
}

extension Settings {
  /// What `fill` and `blur` say for an input.
  ///
  /// - Parameters:
  ///   - facts: What is known of the input.
  ///   - automatic: What auto stands for; nil for a blur along several axes, and lines along one.
  /// - Returns: The fill. Lines along several axes are the surface that is as straight as can be, which
  ///   is an infill without noise.
  func fill(_ facts: SampleFacts, automatic: RowFill? = nil) -> RowFill {
    let isPicture = facts.positions.count > 1
    return switch self[Parameter<MetricFill>.fill] {
    case .auto: automatic ?? (isPicture ? .blur(self[.blur]) : .line)
    case .blur: .blur(self[.blur])
    case .line: isPicture ? .infill(noise: 0) : .line
    case .zero: .zero
    case .black: .black
    case .mean: .mean
    case .background: .background
    case .infill: .infill(noise: 0.01)
    case .noise: .noise(1)
    }
  }
}
