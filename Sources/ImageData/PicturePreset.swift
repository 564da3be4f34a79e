package import Catalogs

/// A way to scale the samples of pictures that many networks share, to be asked for by name.
package struct PicturePreset: CatalogEntry {
  /// The name on the command line and in files.
  package let id: String

  /// Which networks take it.
  package let summary: String

  /// The order of color channels.
  package let channelOrder: ImagePreprocessing.ChannelOrder

  /// What samples run to before the mean is subtracted.
  package let valueRange: ImagePreprocessing.ValueRange

  /// What is subtracted, per channel in the network's order, or one value for all.
  package let mean: [Float]

  /// What the difference is divided by, likewise.
  package let scale: [Float]

  /// Whether two presets make the same numbers of a picture.
  package func isEquivalent(to other: PicturePreset) -> Bool {
    channelOrder == other.channelOrder && valueRange == other.valueRange && mean == other.mean
      && scale == other.scale
  }

  /// The numbers in a few words.
  package var numbers: String {
    let range = valueRange == .zeroToOne ? "0…1" : "0…255"
    func list(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
    let order = channelOrder.rawValue.uppercased()
    let difference = mean == [0] ? "" : " - (\(list(mean)))"
    let quotient = scale == [1] ? "" : " / (\(list(scale)))"
    return "\(order) \(range)\(difference)\(quotient)"
  }
}

/// The presets that there are, the one that is assumed first.
package enum PicturePresetCatalog {
  private static let imageNetMean: [Float] = [0.485, 0.456, 0.406]
  private static let imageNetDeviation: [Float] = [0.229, 0.224, 0.225]

  /// All of them.
  package static let entries = Catalog(
    "preset",
    [
      PicturePreset(
        id: "imagenet", summary: "mean and deviation of ImageNet: torchvision, most of timm",
        channelOrder: .rgb, valueRange: .zeroToOne, mean: imageNetMean, scale: imageNetDeviation),
      PicturePreset(
        id: "torch", summary: "the same, as Keras calls it (DenseNet)",
        channelOrder: .rgb, valueRange: .zeroToOne, mean: imageNetMean, scale: imageNetDeviation),
      PicturePreset(
        id: "inception", summary: "-1…1: Inception, ViT and MobileNet of TensorFlow and timm",
        channelOrder: .rgb, valueRange: .zeroToOne, mean: [0.5], scale: [0.5]),
      PicturePreset(
        id: "tf", summary: "the same, as Keras calls it (MobileNet, Xception, ResNet v2)",
        channelOrder: .rgb, valueRange: .zeroToOne, mean: [0.5], scale: [0.5]),
      PicturePreset(
        id: "zero-one", summary: "0…1: YOLO, and networks that normalize by themselves",
        channelOrder: .rgb, valueRange: .zeroToOne, mean: [0], scale: [1]),
      PicturePreset(
        id: "byte", summary: "0…255: EfficientNet of Keras, others that normalize by themselves",
        channelOrder: .rgb, valueRange: .zeroTo255, mean: [0], scale: [1]),
      PicturePreset(
        id: "caffe", summary: "BGR minus the mean of ImageNet: Caffe, VGG and ResNet of Keras",
        channelOrder: .bgr, valueRange: .zeroTo255, mean: [103.939, 116.779, 123.68], scale: [1]),
      PicturePreset(
        id: "efficientnet-lite", summary: "(x - 127) / 128: EfficientNet-Lite, MobileNet of TFLite",
        channelOrder: .rgb, valueRange: .zeroTo255, mean: [127], scale: [128]),
      PicturePreset(
        id: "clip", summary: "mean and deviation of CLIP", channelOrder: .rgb,
        valueRange: .zeroToOne, mean: [0.481_454_66, 0.457_827_5, 0.408_210_73],
        scale: [0.268_629_54, 0.261_302_58, 0.275_777_11]),
    ])
}
