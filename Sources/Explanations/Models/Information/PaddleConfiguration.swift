import Foundation

/// How pictures are prepared for a classifier of PaddlePaddle, and its labels, as its `inference.yml`
/// says.
struct PaddleConfiguration {
  private let configuration: IndentedText
  private let refusal: IndentedText.Refusal?

  /// What is done to pictures in classifiers; anything else is not understood.
  private static let known: Set<String> = [
    "DecodeImage", "ResizeImage", "CropImage", "NormalizeImage", "ToCHWImage", "KeepKeys",
  ]

  /// Reads the bytes of the file.
  init(_ data: Data) {
    do throws(IndentedText.Refusal) {
      configuration = try IndentedText(
        String(decoding: data, as: UTF8.self), sections: ["PreProcess", "PostProcess"])
      refusal = nil
    } catch {
      configuration = .map([:])
      refusal = error
    }
  }

  /// What it says; where it is not understood, a remark.
  var information: ModelInformation {
    var information = ModelInformation()
    if let refusal {
      information.remarks = [
        "inference.yml is not read: line \(refusal.line) is not understood; say what it says with "
          + "options or in a JSON file beside the network"
      ]
      return information
    }
    information.labels = labels
    let steps = configuration["PreProcess"]?["transform_ops"]?.list ?? []
    let operations = steps.flatMap { step in
      step.map.map(Array.init) ?? step.text.map { [($0, IndentedText.text(""))] } ?? []
    }
    let unknown = operations.map(\.0).first { !Self.known.contains($0) }
    if let unknown {
      information.remarks = [
        "the preprocessing of inference.yml is not taken: \(unknown) is not understood"
      ]
    } else if !operations.isEmpty {
      for (name, settings) in operations { take(name, settings, &information) }
      information.color = information.color ?? "rgb"
    }
    return information
  }

  /// The names of the classes, wherever they stand behind the network.
  private var labels: [String]? {
    let steps = configuration["PostProcess"]?.map ?? [:]
    let lists = [steps["label_list"]] + steps.keys.sorted().map { steps[$0]?["label_list"] }
    return lists.lazy.compactMap { $0?.list?.compactMap(\.text) }.first { !$0.isEmpty }
  }

  private func take(
    _ operation: String, _ settings: IndentedText, _ information: inout ModelInformation
  ) {
    switch operation {
    case "DecodeImage":
      if settings["to_rgb"]?.text?.lowercased() == "false" { information.color = "bgr" }
    case "ResizeImage":
      information.resizeShortSide = settings["resize_short"].flatMap(integers)?.first
      // Columns come first.
      if let size = settings["size"].flatMap(integers), let width = size.first {
        information.inputSize = [size.last ?? width, width]
      }
      let interpolation = settings["interpolation"]?.text ?? "bilinear"
      if ["bilinear", "bicubic", "nearest"].contains(interpolation) {
        information.interpolation = interpolation
      }
    case "CropImage":
      guard let size = settings["size"].flatMap(integers), let side = size.first,
        size.allSatisfy({ $0 == side })
      else { return }
      information.centerCrop = side
      information.inputSize = [side, side]
    case "NormalizeImage": normalize(settings, &information)
    default: break
    }
  }

  /// `(x · scale − mean) / std` of samples 0…255.
  private func normalize(_ settings: IndentedText, _ information: inout ModelInformation) {
    guard let mean = settings["mean"].flatMap(numbers), !mean.isEmpty,
      let deviation = settings["std"].flatMap(numbers), !deviation.isEmpty,
      let scale = settings["scale"].map({ $0.text.flatMap(quotient) }) ?? 1 / 255, scale > 0
    else { return }
    information.isUnitRange = scale != 1
    // Of x in 0…1 both are divided by 255 scale.
    let unit = scale == 1 ? 1 : 255 * scale
    let isUnit = abs(unit - 1) < 1e-5
    information.mean = mean.map { Float(isUnit ? $0 : $0 / unit) }
    information.scale = deviation.map { Float(isUnit ? $0 : $0 / unit) }
  }

  /// A number, or two with a stroke between them.
  private func quotient(_ text: String) -> Double? {
    let parts = text.split(separator: "/").map { Double($0.filter { $0 != " " }) }
    guard (1...2).contains(parts.count), let first = parts[0] else { return nil }
    guard parts.count == 2 else { return first }
    return parts[1].flatMap { $0 == 0 ? nil : first / $0 }
  }

  private func numbers(_ value: IndentedText) -> [Double]? {
    let texts = value.list?.map(\.text) ?? [value.text]
    let numbers = texts.compactMap { $0.flatMap { Double($0) } }
    return numbers.count == texts.count ? numbers : nil
  }

  private func integers(_ value: IndentedText) -> [Int]? {
    let integers = numbers(value)?.compactMap { Int(exactly: $0) } ?? []
    return (1...2).contains(integers.count) && integers.allSatisfy { (1...65_536).contains($0) }
      ? integers : nil
  }
}
