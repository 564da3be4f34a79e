import ArgumentParser
import Catalogs
import Explanations
import Foundation
import ImageData
import SpectralData
import TensorCore
import Workflows

/// What every command that reads a network takes.
struct ModelOptions: ParsableArguments {
  @Argument(help: "An ONNX file.", completion: .file(extensions: ["onnx"]))
  var model: String

  @Option(
    name: .customLong("input-shape"), parsing: .singleValue,
    help: """
      Shape of an input where the file leaves it open, with or without the axis of samples: \
      3,224,224, or name=1x3x224x224 for one of several inputs; can be repeated.
      """)
  var inputShape: [String] = []

  @Option(help: "Threads for computing; all processors by default.")
  var threads: Int?

  @Option(
    help: """
      Labels of the outputs, as many as there are scores: a text file with one on each line, JSON, or \
      imagenet for the 1,000 classes of ImageNet (imagenet-1001 with a background before them).
      """,
    completion: .file())
  var labels: String?

  @Flag(help: "Leave out the first label: a heading, or a background class without a score.")
  var labelsSkipFirst = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1.") }
    if labelsSkipFirst, labels == nil {
      throw ValidationError("--labels-skip-first needs --labels.")
    }
  }

  /// The settings, with what other options say about the inputs.
  func settings(_ overrides: ModelInformation = ModelInformation()) throws -> ModelSettings {
    var overrides = overrides
    overrides.blank = output.blank
    if let labels {
      overrides.labels = try LabelFile.labels(named: labels, skipsFirst: labelsSkipFirst)
    }
    var shapes = InputShapes()
    for text in inputShape {
      let (name, shape) = try Self.shape(text)
      if let name { shapes.named[name] = shape } else { shapes.shape = shape }
    }
    return ModelSettings(
      path: model, overrides: overrides, inputShapes: shapes, output: output.settings,
      threadCount: threads)
  }

  /// A shape, and the input whose it is where that is said.
  private static func shape(_ text: String) throws -> (name: String?, shape: Shape) {
    let split = text.lastIndex(of: "=")
    let name = split.map { String(text[..<$0]) }
    let numbers = split.map { text[text.index(after: $0)...] } ?? text[...]
    let extents = numbers.split(whereSeparator: { ",x×".contains($0) }).map { Int($0) ?? 0 }
    guard (1...6).contains(extents.count), extents.allSatisfy({ (1...16_777_216).contains($0) })
    else {
      throw ValidationError(
        "--input-shape takes numbers such as 3,224,224 or name=1x3x224x224, not \"\(text)\".")
    }
    return (name, Shape(extents))
  }
}

/// Which output is meant, and what its numbers are.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("output"),
    help: "The output that is meant, where there are several; the one like classes if not given.")
  var name: String?

  @Option(
    name: .customLong("outputs"),
    help: """
      What the numbers of the output are, where the network does not say: logits that a softmax \
      belongs behind, probabilities, or values. A probability is given only where one of these says so.
      """)
  var meaning: OutputSettings.Meaning?

  @Option(help: "The axis of the output along which classes lie, counted from 0 as in the file.")
  var classAxis: Int?

  @Option(
    help: """
      Which indices along that axis are classes, as first:end: 4: for a detector with four numbers of a \
      box before them.
      """)
  var classes: ClassRange?

  @Option(help: "The index of the symbol that stands for nothing, where the output is text.")
  var blank: Int?

  /// The settings.
  var settings: OutputSettings {
    var settings = OutputSettings()
    settings.name = name
    settings.meaning = meaning
    settings.classAxis = classAxis
    settings.firstClass = classes?.first
    settings.classEnd = classes?.end
    return settings
  }
}

/// How inputs are prepared, where the model does not know or is wrong.
struct PreparationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How pixels are scaled, by name: "
        + PicturePresetCatalog.entries.map { "\($0.id) (\($0.numbers))" }.joined(separator: ", ")
        + "."),
    completion: .list(PicturePresetCatalog.entries.ids))
  var preset: String?

  @Option(help: "What is subtracted from each color channel: one number, or one for each.")
  var mean: String?

  @Option(help: "What each channel is divided by after that.")
  var scale: String?

  @Option(help: "Order of the color channels.")
  var colorOrder: ColorOrder?

  @Option(help: "What pixels run to before mean and scale.")
  var valueRange: PixelRange?

  @Option(
    name: .customLong("short-side"),
    help: "Pixels that the short side is resized to before the middle is cut out.")
  var shortSide: Int?

  @Option(help: "How pictures are resized.")
  var interpolation: Interpolation?

  @Option(
    help: """
      Whether large JPEG files are decoded whole, as other programs do, or scaled down by their \
      frequencies where twice the size that the network takes is left, which is faster and changes \
      scores and maps slightly.
      """)
  var decoding: PictureDecoding?

  @Option(help: "What positions of spectra are, where the file does not say.")
  var unit: UnitOption?

  @Option(
    help: ArgumentHelp(
      "How each spectrum is prepared, instead of what the network says: none, or steps with commas "
        + "between, such as \"savitzky-golay(window=11,order=2,derivative=1),snv\". Steps: "
        + PreparationHelp.steps + "."))
  var preprocess: String?

  @Option(help: "What the network takes for values, where it does not say; files are converted.")
  var ordinate: OrdinateOption?

  @Option(help: "Wavelength of the exciting laser in nm, between wavelengths and Raman shifts.")
  var laser: Double?

  /// What is taken over the model's own information.
  func information() throws -> ModelInformation {
    var information = ModelInformation()
    if let preset, PicturePresetCatalog.entries[preset] == nil {
      throw ValidationError("--preset: \(PicturePresetCatalog.entries.absence(of: preset)).")
    }
    information.preset = preset
    information.mean = try mean.map { try Self.numbers($0, "--mean") }
    information.scale = try scale.map { try Self.numbers($0, "--scale") }
    information.color = colorOrder?.rawValue
    information.isUnitRange = valueRange.map { $0 == .unit }
    information.resizeShortSide = shortSide
    information.interpolation = interpolation?.rawValue
    information.decoding = decoding?.rawValue
    information.ordinate = ordinate?.ordinate.rawValue
    information.laserWavelength = try laser.map { try LaserOption.checked($0) }
    information.preprocessing = try preprocess.map(PreparationHelp.checked)
    return information
  }

  private static func numbers(_ text: String, _ name: String) throws -> [Float] {
    let parts = text.split(separator: ",")
    let numbers = parts.compactMap { Float($0.trimmingCharacters(in: .whitespaces)) }
    guard !numbers.isEmpty, numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else {
      throw ValidationError("\(name) takes numbers with commas between, such as 0.485,0.456,0.406.")
    }
    return numbers
  }
}

/// Steps of preprocessing on the command line.
enum PreparationHelp {
  /// The steps that need no training spectra, with what they take.
  static let steps = PreprocessingCatalog.entries.filter { !$0.learns }.map { entry in
    entry.parameters.isEmpty
      ? entry.id : entry.id + "(" + entry.parameters.map(\.name).joined(separator: ",") + ")"
  }.joined(separator: ", ")

  /// A text of steps, refused when it is none or when a step has to learn.
  static func checked(_ text: String) throws -> String {
    do {
      let pipeline = try PreprocessingPipeline(parsing: text)
      try pipeline.requireNothingToLearn()
      return pipeline.description
    } catch {
      throw ValidationError("--preprocess: \(error).")
    }
  }
}

/// Reads lists of labels.
enum LabelFile {
  /// The labels of a set that is known by its name, or in a file.
  static func labels(named name: String, skipsFirst: Bool) throws -> [String] {
    let labels = try LabelSetCatalog.entries[name]?.labels ?? labels(in: name)
    return Array(labels.dropFirst(skipsFirst ? 1 : 0))
  }

  private static func labels(in path: String) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw WorkflowError(
        .unreadable,
        "\(path): no such file of labels; " + LabelSetCatalog.entries.absence(of: path))
    }
    return try LabelList.labels(data, name: path)
  }
}
