public import TensorCore

/// Settings that turn a picture into the input of a network; carries no data.
///
/// Order: resize, crop the center, reorder channels, choose the value range, subtract, divide.
public struct ImagePreprocessing: Codable, Hashable, Sendable {
  /// Which channel comes first in the network's input.
  public enum ChannelOrder: String, Codable, Hashable, Sendable, CaseIterable {
    /// Red, green, blue.
    case rgb

    /// Blue, green, red.
    case bgr

    /// One channel: luma (ITU-R 601).
    case gray

    /// The number of channels.
    public var channelCount: Int { self == .gray ? 1 : 3 }
  }

  /// What a sample of 255 is before the mean is subtracted.
  public enum ValueRange: String, Codable, Hashable, Sendable, CaseIterable {
    /// Samples run from 0 to 255.
    case zeroTo255

    /// Samples run from 0 to 1.
    case zeroToOne
  }

  /// Columns of the network's input.
  public var width: Int

  /// Rows of the network's input.
  public var height: Int

  /// Length in pixels that the shorter side is resized to before the center is cropped; nil resizes
  /// straight to `width` by `height`, which may distort the picture.
  public var shortSide: Int?

  /// The sample that fills what is left empty when the whole picture is fitted in without distortion;
  /// nil cuts or stretches it instead.
  public var padding: UInt8?

  /// How the pixels of the resized picture are computed.
  public var interpolation: Interpolation

  /// How many pixels of a file are computed before.
  public var decoding = PictureDecoding.whole

  /// The order of the channels.
  public var channelOrder: ChannelOrder

  /// The range of samples before the mean is subtracted.
  public var valueRange: ValueRange

  /// What is subtracted, per channel in the network's order; a single value stands for all.
  public var mean: [Float]

  /// What the difference is divided by, per channel in the network's order; a single value stands
  /// for all; none may be zero.
  public var scale: [Float]

  /// Creates settings; they are checked when they are used.
  ///
  /// - Parameters:
  ///   - width: Columns of the network's input.
  ///   - height: Rows of the network's input.
  ///   - shortSide: Length of the shorter side before the center is cropped; nil resizes straight.
  ///   - interpolation: How pixels are computed.
  ///   - channelOrder: The order of the channels.
  ///   - valueRange: The range before the mean is subtracted.
  ///   - mean: What is subtracted; one value or one per channel.
  ///   - scale: What is divided by; one value or one per channel, none zero.
  public init(
    width: Int, height: Int, shortSide: Int? = nil, interpolation: Interpolation = .bicubic,
    channelOrder: ChannelOrder = .rgb, valueRange: ValueRange = .zeroToOne, mean: [Float] = [0],
    scale: [Float] = [1]
  ) {
    self.width = width
    self.height = height
    self.shortSide = shortSide
    self.interpolation = interpolation
    self.channelOrder = channelOrder
    self.valueRange = valueRange
    self.mean = mean
    self.scale = scale
  }

  /// Prepares a picture.
  ///
  /// - Parameter picture: Any size.
  /// - Returns: The network's input, and the picture as the network saw it.
  /// - Throws: `ImageError` when the settings contradict themselves or the picture would become
  ///   absurdly long when resized.
  public func prepare(_ picture: Picture) throws(ImageError) -> PreparedPicture {
    let placement = try placement(width: picture.width, height: picture.height)
    let placed = picture.placed(placement, interpolation: interpolation, padding: padding ?? 0)
    let seen = channelOrder == .gray ? placed.gray : placed
    return PreparedPicture(input: tensor(of: seen), picture: seen)
  }

  /// The size that a picture is resized to, before it is cropped or padded.
  func resizedSize(width: Int, height: Int) -> (width: Int, height: Int) {
    if padding != nil {
      return Picture.fittedSize(of: (width, height), in: (self.width, self.height))
    }
    guard let shortSide else { return (self.width, self.height) }
    // The longer side is rounded down, as is customary.
    let shorter = min(width, height)
    return (shortSide * width / shorter, shortSide * height / shorter)
  }

  private func tensor(of picture: Picture) -> Tensor {
    let channels = channelOrder.channelCount
    let count = width * height
    var elements = [Float](repeating: 0, count: channels * count)
    let unit: Float = valueRange == .zeroToOne ? 1 / 255 : 1
    for channel in 0..<channels {
      let source = channelOrder == .bgr ? 2 - channel : channel
      let channelMean = mean[min(channel, mean.count - 1)]
      let channelScale = scale[min(channel, scale.count - 1)]
      let table = (0...255).map { (Float($0) * unit - channelMean) / channelScale }
      for index in 0..<count {
        elements[channel * count + index] = table[Int(picture.pixels[3 * index + source])]
      }
    }
    return Tensor(shape: [channels, height, width], elements: elements)
  }

  /// Refuses settings that contradict themselves.
  func check() throws(ImageError) {
    let channels = channelOrder.channelCount
    func refuse(_ text: String) -> ImageError { ImageError(.invalidSettings, text) }
    let limit = 16_384
    guard (1...limit).contains(width), (1...limit).contains(height) else {
      throw refuse("input size \(width)×\(height) is not within 1…\(limit)")
    }
    if let shortSide, !(max(width, height)...limit).contains(shortSide) {
      throw refuse(
        "the shorter side is resized to \(shortSide), which must lie within the cropped size "
          + "\(max(width, height)) and \(limit)")
    }
    for (name, values) in [("mean", mean), ("scale", scale)]
    where values.count != 1 && values.count != channels {
      throw refuse("\(name) has \(values.count) values; give one, or one for each of \(channels)")
    }
    guard mean.allSatisfy(\.isFinite), scale.allSatisfy({ $0.isFinite && $0 != 0 }) else {
      throw refuse("mean and scale must be finite, and no scale may be zero")
    }
  }
}

/// A picture made ready for a network.
public struct PreparedPicture: Hashable, Sendable {
  /// The network's input, `[channels, rows, columns]`, in the units that the network expects.
  public let input: Tensor

  /// The picture as the network saw it: resized, cropped, gray if the network is; same rows and
  /// columns as `input`, so that maps lie on it without shift.
  public let picture: Picture
}
