import ArgumentParser
import Chemometrics
import NetworkTraining
import SpectralData
import StudyEngine
import StudyWorkflows
import Workflows

/// What is known about the spectra of a study.
struct StudySpectraOptions: ParsableArguments {
  @Option(help: "Column of class labels; recognized if not given.")
  var label: String?

  @Option(
    help: "Column of a quantity to predict, instead of classes; study takes several: fat,water.")
  var target: String?

  @Option(help: "Column that is equal for spectra of one sample, which stay together.")
  var group: String?

  @Option(help: "So many spectra in a row are of one sample, and stay together.")
  var replicates: Int?

  @Option(help: "First and last position of the axis where files have none, as 1005:1868.")
  var axis: String?

  @Option(
    help: """
      Where classes come from that are in no column: folder, or name: and a regular expression whose \
      first group is found in names of files (or spectra), as 'name:(.*)_\\d+'.
      """)
  var classFrom: ClassOriginOption?

  @Option(help: "Names of numbered classes, in the order of the numbers or as 1=HDPE,2=PET.")
  var classNames: CommaSeparated<String>?

  @Option(
    parsing: .upToNextOption, help: "Spectra, or files of one spectrum, that are left out by name.")
  var exclude: [String] = []

  @Option(help: "What values are, where files do not say.")
  var ordinate: OrdinateOption?

  @Option(help: "Wavelength of the exciting laser in nm; wavelengths become Raman shifts.")
  var laser: Double?

  @Option(help: "Unit of positions where files have none.")
  var unit: UnitOption?

  @Option(help: "Part of the axis that is studied, as 900:1800.")
  var range: String?

  @Option(
    help: """
      How spectra are prepared for both models, fitted to training spectra only: none, steps \
      such as snv,savitzky-golay(window=11,derivative=1), or auto, which chooses none, snv, msc or a \
      derivative inside the training spectra; snv for classes and auto for a quantity if not given.
      """)
  var preprocess: String?

  /// The preparation, and when it is chosen instead.
  var preparation: (pipeline: PreprocessingPipeline, search: PreprocessingSearch) {
    get throws {
      let isChosen = preprocess == "auto"
      let text = isChosen ? "none" : preprocess ?? "snv"
      return (
        try PreprocessingPipeline(parsing: text),
        isChosen ? .always : preprocess == nil ? .ofQuantities : .never
      )
    }
  }

  /// The source that these describe.
  func source(_ paths: [String]) throws -> StudySource {
    var source = StudySource(paths: paths)
    guard label == nil || target == nil else {
      throw ValidationError("--label is for classes, --target for a quantity; give one of them.")
    }
    guard replicates.map({ $0 >= 2 && group == nil }) ?? true else {
      throw ValidationError("--replicates is 2 or more, and not given together with --group.")
    }
    source.label = label
    source.target = target
    source.group = group
    source.replicateCount = replicates
    source.unit = unit?.axisUnit
    guard classFrom == nil || (label == nil && target == nil) else {
      throw ValidationError("--class-from is given instead of --label or --target.")
    }
    source.classOrigin = classFrom?.origin
    source.classNames = classNames?.values ?? []
    source.excluded = exclude
    source.ordinate = ordinate?.ordinate
    source.laserWavelength = try laser.map { try LaserOption.checked($0) }
    source.axisEnds = try axis.map { try Self.ends($0, "--axis") }
    if let ends = try range.map({ try Self.ends($0, "--range") }) {
      source.range = min(ends[0], ends[1])...max(ends[0], ends[1])
    }
    return source
  }

  private static func ends(_ text: String, _ option: String) throws -> [Double] {
    let parts = text.split(separator: ":").map { Double($0) }
    guard parts.count == 2, let first = parts[0], let last = parts[1], first != last,
      first.isFinite, last.isFinite
    else { throw ValidationError("\(option) takes two numbers, as 900:1800, not \"\(text)\".") }
    return [first, last]
  }
}

/// How spectra are divided.
struct StudyValidationOptions: ParsableArguments {
  @Option(help: "Random divisions into training and test spectra.")
  var splits = 100

  @Option(help: "Share of spectra that is tested in a random division.")
  var testFraction = 0.3

  @Option(help: "Folds of a k-fold cross-validation, instead of random divisions.")
  var folds: Int?

  @Option(help: "How often the folds are dealt anew, with --folds.")
  var repeats: Int?

  @Flag(help: "Test every group once, on models that have seen all other groups.")
  var leaveOneGroupOut = false

  @Option(help: "Column that says \"train\" or \"test\": one given division.")
  var splitColumn: String?

  @Option(
    parsing: .upToNextOption,
    help: "Files or folders of spectra that are tested on, while all others are trained on.")
  var test: [String] = []

  @Option(
    help: "How often labels or values are exchanged at random, to see what chance can do.")
  var permutations = 0

  @Option(help: "Where all random numbers start.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (1...10_000).contains(splits) else {
      throw ValidationError("--splits must lie in 1…10000.")
    }
    guard testFraction > 0, testFraction < 1 else {
      throw ValidationError("--test-fraction lies between 0 and 1.")
    }
    guard (0...100_000).contains(permutations) else {
      throw ValidationError("--permutations must lie in 0…100000.")
    }
    guard folds.map({ $0 >= 2 }) ?? true else { throw ValidationError("--folds is 2 or more.") }
    guard repeats.map({ (1...1000).contains($0) && folds != nil }) ?? true else {
      throw ValidationError("--repeats lies in 1…1000, and goes with --folds.")
    }
    let count = [folds != nil, leaveOneGroupOut, splitColumn != nil, !test.isEmpty].count { $0 }
    guard count <= 1 else {
      throw ValidationError(
        "Give one of --folds, --leave-one-group-out, --split-column and --test.")
    }
  }

  /// The chosen way.
  var validation: StudyValidation {
    if let folds {
      return .folds(KFoldSplits(foldCount: folds, repeatCount: repeats ?? 1, seed: seed))
    }
    if leaveOneGroupOut { return .leaveOneGroupOut }
    return .monteCarlo(MonteCarloSplits(count: splits, testFraction: testFraction, seed: seed))
  }
}

/// The network and its training.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Layers of the network: \(ArchitectureCatalog.entries.map(\.id).joined(separator: ", "))."),
    completion: .list(ArchitectureCatalog.entries.map(\.id)))
  var network = PositionalNetwork.id

  @Option(help: "A setting of the network, as channels=16,16,16; may be repeated.")
  var layer: [String] = []

  @Option(help: "How often every spectrum is seen in a training.")
  var epochs: Int?

  @Option(help: "Spectra per step.")
  var batch: Int?

  @Option(help: "The learning rate at its highest; the usual one of the network if not given.")
  var learningRate: Float?

  @Option(
    help: """
      How training spectra are varied at random: none, or steps such as \
      noise(deviation=0.02),shift(points=2),slope(amount=0.1).
      """)
  var augment = "none"

  @Flag(help: "Count every class the same, however many spectra it has.")
  var balanced = false

  func validate() throws {
    do {
      _ = (try architecture, try augmentation)
    } catch let error as LearningError {
      throw ValidationError(error.description)
    } catch let error as SpectrumError {
      throw ValidationError(error.description)
    }
  }

  /// The layers.
  var architecture: any NetworkArchitecture {
    get throws {
      var given: [String: String] = [:]
      for text in layer {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else {
          throw ValidationError("--layer takes NAME=VALUE, not \"\(text)\".")
        }
        given[String(parts[0])] = String(parts[1])
      }
      return try ArchitectureCatalog.entry(network).architecture(given)
    }
  }

  /// How training spectra are varied.
  var augmentation: AugmentationPipeline {
    get throws {
      let pipeline = try AugmentationPipeline(parsing: augment)
      guard !pipeline.steps.contains(where: { $0 is MixtureAugmentation }) else {
        throw ValidationError(
          "--augment: mixture changes what spectra are labeled with, which is not possible here; "
            + "use noise, shift or slope.")
      }
      return pipeline
    }
  }

  /// Takes over what these say of a training.
  func apply(to training: inout TrainingSettings, seed: UInt64) {
    training.seed = seed
    if let epochs { training.epochCount = epochs }
    if let batch { training.batchSize = batch }
    if let learningRate { training.learningRate = learningRate }
    if balanced { training.classWeights = .balanced }
  }
}
