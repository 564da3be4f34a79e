public import Chemometrics
public import Explanations
public import NetworkTraining
public import SpectralData

/// The network that a study keeps, trained on all spectra, and what its layers do.
public struct FinalNetwork: Sendable {
  /// The network and its training.
  public let training: TrainingResult

  /// How spectra are prepared for it, as fitted to all of them.
  public let preprocessing: FittedPreprocessingPipeline

  /// The axis of prepared spectra.
  public let axis: SpectralAxis

  /// How many numbers were learned.
  public let parameterCount: Int

  /// How many components of PLS regression lead straight to the quantity beside the layers; 0 for none.
  public var linearPathCount = 0

  /// The kernels of the first layer beside Savitzky–Golay kernels, the best match first.
  public let kernels: [LearnedKernel]

  /// What the layers make of the mean spectrum of every class, or of all spectra.
  public let layers: [LayerResponse]

  /// What its evidence is counted from: the mean of every class, or of all spectra for a quantity.
  public var background = Background()

  /// How the spectra grow with the quantity, up to a factor, one value per point; nil for classes.
  package var slope: [Double]?
}

/// A kernel of the first layer.
public struct LearnedKernel: Sendable {
  /// Its place among the kernels of the layer.
  public let index: Int

  /// The weights, one per point.
  public let weights: [Double]

  /// The Savitzky–Golay kernel that is nearest; nil for a kernel that is at a right angle to all.
  public let comparison: KernelComparison?
}

/// What a layer makes of a spectrum.
public struct LayerResponse: Sendable {
  /// The layer.
  public let name: String

  /// The class whose mean spectrum is seen, or "all spectra".
  public let subject: String

  /// One row per channel, on the layer's grid brought to the positions of the spectrum.
  public let channels: [[Double]]
}
