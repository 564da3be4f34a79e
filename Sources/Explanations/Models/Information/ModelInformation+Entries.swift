extension ModelInformation {
  /// What may be known of a model, by the key of the file beside it.
  public enum Entry: String, CaseIterable, Hashable, Sendable {
    /// The names of the outputs.
    case labels
    /// A named set of the next four.
    case preset
    /// The order of color channels.
    case color
    /// What pixels run to before the mean is subtracted.
    case valueRange = "value_range"
    /// What is subtracted.
    case mean
    /// What is divided by.
    case scale
    /// Rows and columns of the input.
    case inputSize = "input_size"
    /// The length of the short side before the middle is cut out.
    case resizeShortSide = "resize_short_side"
    /// The side of the square that is cut out.
    case centerCrop = "center_crop"
    /// The sample that fills what a picture of other proportions leaves empty.
    case padding
    /// How pictures are resized.
    case interpolation
    /// How many pixels of a picture file are computed.
    case decoding
    /// How spectra are prepared.
    case preprocessing
    /// The unit of the spectral axis.
    case axisUnit = "axis_unit"
    /// What the values of spectra are.
    case ordinate
    /// The wavelength of the exciting laser.
    case laser
    /// The positions of the spectral axis.
    case axis
    /// What a single output measures.
    case target
    /// What the numbers of the output are.
    case output
    /// How its evidence is taken.
    case evidence
    /// The symbol of a text that stands for nothing.
    case blank
  }

  /// How one entry is looked at and taken over.
  private struct Field {
    let entry: Entry
    let isKnown: (ModelInformation) -> Bool
    let take: (inout ModelInformation, ModelInformation) -> Void

    init<Value>(_ entry: Entry, _ path: WritableKeyPath<ModelInformation, Value?>) {
      self.entry = entry
      isKnown = { $0[keyPath: path] != nil }
      take = { $0[keyPath: path] = $1[keyPath: path] }
    }
  }

  private static var fields: [Field] {
    [
      Field(.labels, \.labels), Field(.preset, \.preset), Field(.color, \.color),
      Field(.valueRange, \.isUnitRange), Field(.mean, \.mean), Field(.scale, \.scale),
      Field(.inputSize, \.inputSize), Field(.resizeShortSide, \.resizeShortSide),
      Field(.centerCrop, \.centerCrop), Field(.padding, \.padding),
      Field(.interpolation, \.interpolation), Field(.decoding, \.decoding),
      Field(.preprocessing, \.preparation),
      Field(.axisUnit, \.axisUnit), Field(.axis, \.axisPositions), Field(.target, \.targetName),
      Field(.ordinate, \.ordinate), Field(.laser, \.laserWavelength),
      Field(.output, \.outputMeaning), Field(.evidence, \.evidence),
      Field(.blank, \.blank),
    ]
  }

  /// What how values are scaled is made of; sources are not mixed in it.
  private static let scaling: Set<Entry> = [.preset, .color, .valueRange, .mean, .scale]

  /// Text and steps of preprocessing, of which the steps are taken if both are there.
  private var preparation: [String?]? {
    get {
      preprocessing == nil && preprocessingSteps == nil ? nil : [preprocessing, preprocessingSteps]
    }
    set {
      preprocessing = newValue?[0]
      preprocessingSteps = newValue?[1]
    }
  }

  /// The entries that are known.
  public var known: Set<Entry> { Set(Self.fields.filter { $0.isKnown(self) }.map(\.entry)) }

  /// The same information, all of which comes from one place.
  package func attributed(to origin: InformationOrigin) -> ModelInformation {
    var result = self
    for entry in known { result.origins[entry] = origin }
    return result
  }

  /// The information with what another knows taken over it; a preset takes the place of all numbers.
  public func overridden(by other: ModelInformation) -> ModelInformation {
    var result = other.preset == nil ? self : without(Self.scaling)
    for field in Self.fields where field.isKnown(other) {
      field.take(&result, other)
      result.origins[field.entry] = other.origins[field.entry]
    }
    if preparedValue != nil, other.preparedValue == nil, other.known.contains(.preprocessing) {
      result.replacesPreparation = true
    }
    result.preparedValue = other.preparedValue ?? preparedValue
    result.remarks += other.remarks
    result.detectorBoxCount = other.detectorBoxCount ?? detectorBoxCount
    return result
  }

  /// The information with what a better source knows taken over it.
  ///
  /// How values are scaled is taken from one source as a whole: a mean of one and a divisor of another
  /// fit no network.
  func replaced(by better: ModelInformation) -> ModelInformation {
    let numbers: Set<Entry> = [.preset, .valueRange, .mean, .scale]
    return (better.known.isDisjoint(with: numbers) ? self : without(numbers))
      .overridden(by: better)
  }

  /// The information without some entries.
  package func without(_ entries: Set<Entry>) -> ModelInformation {
    var result = self
    for field in Self.fields where entries.contains(field.entry) {
      field.take(&result, ModelInformation())
      result.origins[field.entry] = nil
    }
    return result
  }
}
