import Catalogs
import GraphIR
import Operations
import TensorCore

/// The plain gradient of the score with respect to the input.
///
/// `∂y/∂x`, Simonyan et al. 2013 (arXiv 1312.6034), section 3; there the magnitude, and over colors
/// its maximum.
enum InputGradient {
  enum Channels: String, CaseIterable {
    case auto, sum
    case magnitudeSum = "sum-magnitude"
    case largestMagnitude = "max-magnitude"
  }

  static let channels = Parameter(
    "channels",
    "how channels become one: signed sum, sum of magnitudes or largest magnitude; "
      + "auto is the sum for one channel and the largest magnitude for colors",
    standard: Channels.auto)

  static let entry = ExplanationMethod(
    id: "gradient", title: "Gradient",
    summary: "how the score changes with each input value",
    source: "Simonyan et al. 2013, arXiv 1312.6034, section 3",
    use:
      "To see how the score reacts to each value of the input. Noisy; take "
      + "gradient-times-input or a relevance method to see what the score rests on.",
    kind: .attribution,
    parameters: [channels],
    procedure: .graph { site, settings in joined(site.gradient, settings) })

  /// `[samples, channels, positions…]` as a map, `[samples, 1, positions…]`, as the setting `channels`
  /// says.
  static func joined(_ values: Value, _ settings: Settings) -> Value {
    switch settings[channels] {
    case .auto where values.shape[1] == 1: values
    case .sum: values.sum(over: .channels)
    case .magnitudeSum: values.absolute.sum(over: .channels)
    case .auto, .largestMagnitude: values.absolute.maximum(over: .channels)
    }
  }
}
