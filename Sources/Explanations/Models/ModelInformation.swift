/// What a file says about a network beyond its graph: how inputs are prepared, what outputs mean.
///
/// Every entry may be missing. The keys are those of the JSON file beside a model
/// (`NAME.json` or `meta.json`), and of such an object under `vitrine` in an ONNX file's metadata.
public struct ModelInformation: Sendable, Hashable {
  /// The names of the outputs, in their order.
  public var labels: [String]?

  /// The name of a file beside the model that holds the labels, one on each line.
  var labelFile: String?

  /// The name of a preset that says the next four entries; each of them is taken over it.
  public var preset: String?

  /// The order of color channels: `rgb`, `bgr` or `grey`.
  public var color: String?

  /// What is subtracted from each channel; one number stands for all.
  public var mean: [Float]?

  /// What each channel is divided by after that; one number stands for all.
  public var scale: [Float]?

  /// Whether pixels are in 0…1 rather than 0…255 before that.
  public var isUnitRange: Bool?

  /// Rows and columns of the input, where the graph leaves them open.
  public var inputSize: [Int]?

  /// The length to which the short side of a picture is resized, in pixels.
  public var resizeShortSide: Int?

  /// The side of the square cut from the middle after that, in pixels.
  public var centerCrop: Int?

  /// The sample, 0…255, that fills what a picture of other proportions leaves empty; nil where
  /// pictures are cut or stretched instead.
  public var padding: Int?

  /// How pictures are resized: `bicubic`, `bilinear` or `nearest`.
  public var interpolation: String?

  /// Whether picture files are decoded `whole` or, for speed, `scaled`.
  public var decoding: String?

  /// How spectra are prepared, as text such as `snv,savitzky-golay(window=11,derivative=1)`.
  public var preprocessing: String?

  /// The same as steps with what they learned: a JSON array, taken instead of the text.
  public var preprocessingSteps: String?

  /// The value of the graph that holds prepared inputs, where the file itself prepares them: explanations
  /// begin there.
  var preparedValue: String?

  /// Whether somebody says how inputs are prepared instead of the file itself.
  var replacesPreparation = false

  /// Whether the file of the network prepares inputs by itself, and nobody says otherwise.
  package var isPreparedInGraph: Bool { preparedValue != nil && !replacesPreparation }

  /// The unit of the spectral axis: `cm-1`, `raman`, `nm`, `um` or `index`.
  public var axisUnit: String?

  /// What the values of the training spectra were: `absorbance`, `transmittance` and others.
  public var ordinate: String?

  /// Wavelength of the exciting laser in nanometers, to convert wavelengths and Raman shifts with.
  public var laserWavelength: Double?

  /// The positions of the training spectra in that unit, before they were prepared: one per input
  /// position, unless preparing changes the positions.
  public var axisPositions: [Double]?

  /// How its evidence is taken, and what inputs are compared with.
  public var evidence: EvidenceInformation?

  /// What a single output measures, such as `protein %`.
  public var targetName: String?

  /// What the numbers of the output are, where the network itself does not say.
  public var outputMeaning: OutputSettings.Meaning?

  /// The symbol that stands for nothing, where the output is text; found by its label when nil.
  public var blank: Int?

  /// How many numbers of a box stand before the classes of a detector, at least.
  var detectorBoxCount: Int?

  /// Knows nothing.
  public init() {}

  /// Where each entry that is known comes from; those that the caller set may be missing.
  public internal(set) var origins: [Entry: InformationOrigin] = [:]

  /// What was found and not taken, and why, one sentence each.
  public internal(set) var remarks: [String] = []
}
