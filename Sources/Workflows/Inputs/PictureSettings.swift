import Catalogs
package import Explanations
package import ImageData
package import TensorCore

/// What is known and assumed about how pictures are prepared for a network, with its origins.
package struct PictureSettings {
  /// How pictures are prepared.
  package private(set) var preprocessing: ImagePreprocessing

  /// The same entry by entry.
  private(set) var record = PreparationRecord()

  /// What should be known about it, one sentence each.
  package private(set) var notes: [String] = []

  /// What makes results doubtful, one sentence each.
  package private(set) var warnings: [String] = []

  private let information: ModelInformation

  /// Takes what is known about a network and assumes the rest.
  ///
  /// - Parameters:
  ///   - information: What is known.
  ///   - shape: The shape of one input, `[channels, rows, columns]`.
  /// - Throws: `WorkflowError` when what is known is no setting or does not fit the channels.
  package init(_ information: ModelInformation, shape: Shape) throws(WorkflowError) {
    self.information = information
    let preset = try Self.preset(information, channels: shape[0])
    let order = try Self.channelOrder(
      information.color ?? preset?.channelOrder.rawValue, channels: shape[0],
      isRequired: information.color != nil)
    let standard = preset.map { (Self.fitted($0.mean, order), Self.fitted($0.scale, order)) }
    preprocessing = ImagePreprocessing(
      width: shape[2], height: shape[1], shortSide: information.resizeShortSide,
      channelOrder: order, mean: information.mean ?? standard?.0 ?? [0],
      scale: information.scale ?? standard?.1 ?? [1])
    preprocessing.padding = try Self.padding(information)
    try setInterpolation()
    try setDecoding()
    setRange(preset)
    record = PreparationRecord(entries(preset), isAssumed: isAssumed)
    if isAssumed { warnings.append(Self.assumption(preprocessing, preset)) }
    if information.resizeShortSide == nil, information.padding == nil {
      notes.append(
        "pictures of another size are resized to \(shape[2])×\(shape[1]) without keeping their "
          + "proportions (the model names no size for the short side)")
    }
    notes += [information.findings].compactMap(\.self) + information.remarks
  }

  /// Whether nobody said how samples are scaled.
  private var isAssumed: Bool {
    information.known.isDisjoint(with: [.preset, .mean, .scale, .valueRange])
  }

  /// The preset that is named, or assumed because nothing is known; nil when numbers are known.
  private static func preset(
    _ information: ModelInformation, channels: Int
  ) throws(WorkflowError) -> PicturePreset? {
    if let id = information.preset {
      guard let preset = PicturePresetCatalog.entries[id] else {
        throw WorkflowError(.invalidSetting, PicturePresetCatalog.entries.absence(of: id))
      }
      return preset
    }
    guard information.known.isDisjoint(with: [.mean, .scale, .valueRange]) else { return nil }
    return PicturePresetCatalog.entries[channels == 1 ? "zero-one" : "imagenet"]
  }

  /// A preset's numbers for the channels of a network: their mean for gray.
  private static func fitted(
    _ values: [Float], _ order: ImagePreprocessing.ChannelOrder
  ) -> [Float] {
    guard values.count > 1, order == .gray else { return values }
    return [values.reduce(0, +) / Float(values.count)]
  }

  private static func channelOrder(
    _ color: String?, channels: Int, isRequired: Bool
  ) throws(WorkflowError) -> ImagePreprocessing.ChannelOrder {
    guard channels == 1 || channels == 3 else {
      throw WorkflowError(
        .unsuitableInput, "the network takes \(channels) channels; pictures have 1 or 3")
    }
    let orders: [String: ImagePreprocessing.ChannelOrder] = [
      "rgb": .rgb, "bgr": .bgr, "gray": .gray, "grey": .gray,
    ]
    guard let color else { return channels == 1 ? .gray : .rgb }
    guard let order = orders[color.lowercased()] else {
      throw WorkflowError(.invalidSetting, "color order \"\(color)\" is not rgb, bgr or gray")
    }
    if order.channelCount == channels { return order }
    guard !isRequired else {
      throw WorkflowError(
        .invalidSetting, "color order \(color) does not fit a network of \(channels) channels")
    }
    return channels == 1 ? .gray : .rgb
  }

  private static func padding(_ information: ModelInformation) throws(WorkflowError) -> UInt8? {
    guard let padding = information.padding else { return nil }
    guard let sample = UInt8(exactly: padding) else {
      throw WorkflowError(.invalidSetting, "padding is \(padding), not a sample in 0…255")
    }
    return sample
  }

  private mutating func setInterpolation() throws(WorkflowError) {
    guard let name = information.interpolation else { return }
    guard let interpolation = Interpolation(rawValue: name.lowercased()) else {
      throw WorkflowError(
        .invalidSetting, "interpolation \"\(name)\" is not bicubic, bilinear or nearest")
    }
    preprocessing.interpolation = interpolation
  }

  private mutating func setDecoding() throws(WorkflowError) {
    guard let name = information.decoding else { return }
    guard let decoding = PictureDecoding(rawValue: name.lowercased()) else {
      throw WorkflowError(.invalidSetting, "decoding \"\(name)\" is not whole or scaled")
    }
    preprocessing.decoding = decoding
  }

  private mutating func setRange(_ preset: PicturePreset?) {
    if let isUnitRange = information.isUnitRange {
      preprocessing.valueRange = isUnitRange ? .zeroToOne : .zeroTo255
    } else if let preset {
      preprocessing.valueRange = preset.valueRange
    } else {
      let largest = (preprocessing.mean + preprocessing.scale).map(abs).max() ?? 1
      preprocessing.valueRange = largest <= 1 ? .zeroToOne : .zeroTo255
      if largest <= 1 { notes.append("pixels are taken as 0…1 (mean and scale are at most 1)") }
    }
  }

  private func entries(_ preset: PicturePreset?) -> [PreparationRecord.Entry] {
    let fallback: InformationOrigin =
      information.preset.map { .preset($0) } ?? .assumed
    func entry(
      _ name: String, _ value: String, _ key: ModelInformation.Entry,
      otherwise: InformationOrigin = .assumed
    ) -> PreparationRecord.Entry {
      let isKnown = information.known.contains(key)
      return .init(name, value, isKnown ? information.origins[key] ?? .option : otherwise)
    }
    func list(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
    let settings = preprocessing
    let fit: PreparationRecord.Entry =
      settings.padding.map { entry("padding", "\($0)", .padding) }
      ?? settings.shortSide.map { entry("short side", "\($0)", .resizeShortSide) }
      ?? .init("resizing", "stretched to the input's size", .assumed)
    let decoding = information.decoding.map { entry("decoding", $0, .decoding) }
    return [decoding].compactMap(\.self) + [
      fit, entry("interpolation", settings.interpolation.rawValue, .interpolation),
      entry("color", settings.channelOrder.rawValue, .color, otherwise: fallback),
      entry(
        "value range", settings.valueRange == .zeroToOne ? "0…1" : "0…255", .valueRange,
        otherwise: fallback),
      entry("mean", list(settings.mean), .mean, otherwise: fallback),
      entry("scale", list(settings.scale), .scale, otherwise: fallback),
    ]
  }

  private static func assumption(
    _ settings: ImagePreprocessing, _ preset: PicturePreset?
  ) -> String {
    let taken = preset.map { "preset \($0.id) is assumed (\($0.numbers))" } ?? "pixels are 0…1"
    return "nothing is known about preprocessing: \(taken); \"vitrine predict --presets\" sets the "
      + "scores of all presets side by side, --preset chooses one"
  }
}
