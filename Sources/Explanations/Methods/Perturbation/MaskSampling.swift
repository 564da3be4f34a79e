import Catalogs
import TensorCore

/// A way to explain that shows the network the input under masks that do not come from a layer.
///
/// The masks of an input are its own: their random numbers start from what it holds, so that they are the
/// same whatever is explained beside it.
public struct MaskSampling: Sendable {
  /// What stands where masks hide the input, and which form of the score it gets.
  let recipe: @Sendable (Settings) -> MaskRecipe

  /// What is done for one input.
  let experiment: @Sendable (MaskSite, Settings) -> any MaskExperiment
}

/// What is known of the input that is masked.
struct MaskSite {
  /// The extents of its positions.
  let positions: [Int]

  /// The units of the axis between two positions.
  var spacing = 1.0

  /// Where random numbers start.
  var seed: UInt64 = 0

  /// How many positions there are.
  var count: Int { positions.reduce(1, *) }

  /// Whether there are several positions along more than one axis, as of a picture; a spectrum, and a
  /// picture one pixel high, has one such axis.
  var isPicture: Bool { positions.count { $0 > 1 } > 1 }
}

/// Masks that are shown to a network one lot after the other, and what is made of the scores.
protocol MaskExperiment {
  /// How many masks there are at most.
  var plannedCount: Int { get }

  /// The masks that are shown next, at most `lot`, each the share of every position that is kept, 0…1;
  /// none when enough is known.
  mutating func draw(_ lot: Int) -> [[Float]]

  /// Takes the scores of the masks that were drawn last, in their order.
  mutating func take(_ scores: [Double], of masks: [[Float]])

  /// What was found.
  var finding: MaskFinding { get }
}

/// What masks have shown.
struct MaskFinding {
  /// The map, one number for each position.
  let map: [Double]

  /// The standard error of each, where masks are random; nil for others.
  var standardErrors: [Double]?

  /// Which share of the variance of scores a linear model of cells explains; nil without one.
  var fit: Double?
}

extension Settings {
  /// How inputs are masked by shares of the input and of what stands for it.
  var sharedRecipe: MaskRecipe {
    MaskRecipe(
      fill: inputFill, form: self[.score], subtractsFill: false, normalizesMasks: false)
  }
}
