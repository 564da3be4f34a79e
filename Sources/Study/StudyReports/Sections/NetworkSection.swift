import Chemometrics
import Figures
import NetworkTraining
import Reports
import SpectralData
import Statistics
import StudyEngine
import StudyFigures
import TensorCore

/// What the layers of the network have learned.
struct NetworkSection {
  let facts: StudyFacts

  /// From which |r| on a kernel counts as one of a kind.
  private static let likeness = 0.9

  /// How many classes have feature maps in the report.
  private static let subjectLimit = 2

  private var network: FinalNetwork { facts.result.network }

  func section(_ book: inout FigureBook) throws -> ReportSection {
    var blocks: [ReportBlock] = [.paragraph(layers), .paragraph(training)]
    if let linearPath { blocks.insert(.paragraph(linearPath), at: 1) }
    if !network.training.history.isEmpty, network.training.history.allSatisfy(\.loss.isFinite) {
      blocks.append(try loss(&book))
    }
    if !network.kernels.isEmpty {
      blocks += [.paragraph(kernelWords), try kernels(&book)]
    }
    let subjects = subjects.prefix(Self.subjectLimit)
    if !subjects.isEmpty {
      blocks.append(.paragraph(layerWords))
    }
    for subject in subjects { blocks.append(try featureMaps(subject, &book)) }
    return ReportSection("Inside the network", blocks)
  }

  private var layers: String {
    let id = type(of: facts.result.settings.architecture).id
    let summary =
      ArchitectureCatalog.entries.first { $0.id == id }?.summary
      ?? type(of: facts.result.settings.architecture).summary
    let settings = facts.result.settings.architecture.settings.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: "; ")
    return "The network (\(id)) has \(summary): \(network.parameterCount) learned numbers"
      + (settings.isEmpty ? "." : " (\(settings)).")
      + " Networks of this kind were trained anew for every division; the one shown here and saved "
      + "in model.onnx was trained on all \(facts.result.data.count) spectra." + starts
  }

  /// That several networks are one.
  private var starts: String {
    let count = facts.result.settings.startCount
    guard count > 1 else { return "" }
    return
      " Each is the mean of \(count) networks that differ in where their training started; its "
      + "evidence is the mean of theirs. Kernels below are those of the first, maps of layers those of "
      + "the last."
  }

  /// What leads past the layers; nil for classes, or where nothing was to.
  private var linearPath: String? {
    guard case .quantity(let outcome) = facts.result.outcome else { return nil }
    let path =
      switch network.linearPathCount {
      case 0: "No linear path stands beside its layers."
      case let count:
        "Beside its layers a linear path leads straight from the spectrum to \(outcome.quantity): "
          + "\(Words.count(count, "component")) of PLS regression, which stay as they are; the layers "
          + "learned what these leave over. Evidence at the input covers both ways, maps of layers what "
          + "goes through layers."
      }
    switch facts.result.settings.linearPath {
    case .none: return nil
    case .fixed: return path
    case .searched: return path + " " + search(outcome.linearPathCounts)
    }
  }

  /// How many components the divisions chose.
  private func search(_ counts: [Int]) -> String {
    let parts = Set(counts).sorted().map { count in
      "\(count == 0 ? "none" : "\(count)") in \(counts.count { $0 == count })"
    }
    return
      "How many components serve best beside the layers was found inside the training spectra of "
      + "each division: \(Words.list(parts)) of \(Words.count(counts.count, "division"))."
  }

  private var training: String {
    let history = network.training.history
    guard let last = history.last else { return "It was not trained." }
    let accuracy = last.accuracy.map {
      ", and it recognizes \(Words.percent(Double($0))) of the spectra that it was trained on"
    }
    let ending =
      network.training.ending == .stoppedEarly
      ? " Training stopped when the loss no longer fell." : ""
    return "It saw every spectrum \(last.epoch) times; its loss fell from "
      + "\(Words.number(Double(history[0].loss))) to \(Words.number(Double(last.loss)))"
      + "\(accuracy ?? ""). That says how well it fits, not how well it predicts.\(ending)"
  }

  private func loss(_ book: inout FigureBook) throws -> ReportBlock {
    let history = network.training.history
    let validation = history.compactMap(\.validationLoss).map(Double.init)
    let chosen = network.training.chosenEpoch
    let figure = try LossFigure(
      training: history.map { Double($0.loss) },
      validation: validation.count == history.count && !validation.isEmpty ? validation : nil,
      bestEpoch: validation.isEmpty || chosen < 1 ? nil : chosen,
      title: "Loss of the network trained on all spectra")
    return try book.add(
      "loss", figure,
      caption: "Mean loss of the training spectra in every epoch.",
      alternative: "Loss falls from \(Words.number(Double(history.first?.loss ?? 0))) to "
        + "\(Words.number(Double(history.last?.loss ?? 0))) over \(history.count) epochs.")
  }

  // Kernels.

  private var kernelWords: String {
    let count = network.kernels.count
    let alike = network.kernels.compactMap(\.comparison).filter {
      abs($0.correlation) >= Self.likeness
    }
    let names = ["smooth", "take a first derivative", "take a second derivative"]
    let kinds = names.indices.compactMap { order -> String? in
      let number = alike.count { $0.nearest.derivative == order }
      return number > 0 ? "\(number) \(Self.verb(names[order], number))" : nil
    }
    let best = network.kernels.first?.comparison.map { abs($0.correlation) } ?? 0
    let chance = KernelChance(length: network.kernels[0].weights.count)
    let sentence =
      alike.isEmpty
      ? "None of the \(count) kernels of the first layer is close to a Savitzky–Golay kernel "
        + "(|r| ≥ \(Self.likeness)); the nearest has |r| = \(Words.correlation(best))."
      : "\(alike.count) of the \(count) kernels of the first layer "
        + "\(alike.count == 1 ? "resembles" : "resemble") a Savitzky–Golay kernel closely "
        + "(|r| ≥ \(Self.likeness)): \(Words.list(kinds))."
    return sentence
      + " Kernels of random numbers have |r| = \(Words.correlation(chance.median)) to their nearest "
      + "Savitzky–Golay kernel in the median, and 1 in 20 has \(Words.correlation(chance.high)) or "
      + "more; \(network.kernels.count { abs($0.comparison?.correlation ?? 0) > chance.high }) of the "
      + "\(count) learned ones exceed that."
  }

  private static func verb(_ words: String, _ number: Int) -> String {
    guard number == 1 else { return words }
    return words.hasPrefix("take") ? "takes" + words.dropFirst(4) : words + "s"
  }

  private func kernels(_ book: inout FigureBook) throws -> ReportBlock {
    let shown = network.kernels.map { kernel in
      KernelsFigure.Kernel(
        title: kernel.comparison.map {
          "\(Self.name($0.nearest)), r \(Words.correlation($0.correlation))"
        }
          ?? "kernel \(kernel.index + 1)",
        weights: kernel.weights, reference: Self.reference(kernel))
    }
    let figure = try KernelsFigure(
      kernels: shown, title: "Kernels of the first layer",
      subtitle: "Nearest Savitzky–Golay kernels, scaled to fit, in the background")
    return try book.add(
      "kernels", figure,
      caption:
        "Learned kernels of the first layer, the one most like a Savitzky–Golay kernel first; "
        + "over each the nearest such kernel, its points, and the correlation r. Below, their frequency responses: what passes at the left is broad, at the right narrow.",
      alternative: kernelWords)
  }

  private static func name(_ kernel: SmoothingKernel) -> String {
    let kind = ["smoothing", "1st deriv.", "2nd deriv."]
    let name =
      kind.indices.contains(kernel.derivative)
      ? kind[kernel.derivative] : "derivative \(kernel.derivative)"
    return "\(name) \(kernel.length)"
  }

  /// The nearest kernel with zeros around a shorter window.
  private static func reference(_ kernel: LearnedKernel) -> [Double]? {
    guard let nearest = kernel.comparison?.nearest else { return nil }
    let start = (kernel.weights.count - nearest.length) / 2
    guard start >= 0 else { return nil }
    var padded = [Double](repeating: 0, count: kernel.weights.count)
    for (index, weight) in nearest.weights.enumerated() { padded[start + index] = weight }
    return padded
  }

  // Feature maps.

  /// How much the layers concentrate on few points.
  private var layerWords: String {
    let names = network.layers.map(\.name).reduce(into: [String]()) { found, name in
      if !found.contains(name) { found.append(name) }
    }
    let shares = names.map { name in
      let responses = network.layers.filter { $0.name == name }.map(Self.halfShare)
      return responses.mean
    }
    let parts = zip(names, shares).map { "\(Words.percent($1, decimals: 0)) in \($0)" }
    let text =
      "The feature maps below show what each layer makes of a mean spectrum. Half of a layer's "
      + "activity lies on this share of the points: \(Words.list(parts)); evenly spread it would be "
      + "50\u{A0}%."
    guard let first = shares.first, let last = shares.last, shares.count > 1 else { return text }
    if last < 0.75 * first { return text + " Deeper layers concentrate on fewer places." }
    if last > 1.33 * first { return text + " Deeper layers answer in more places." }
    return text + " Depth changes little about that."
  }

  /// The least share of the points that holds half of a layer's activity.
  private static func halfShare(_ response: LayerResponse) -> Double {
    let points = response.channels.first?.indices ?? 0..<0
    return Concentration.half(
      points.map { point in response.channels.reduce(0) { $0 + abs($1[point]) } })
  }

  /// A class or "all spectra" in a sentence.
  private func spoken(_ subject: String) -> String {
    facts.labels == nil ? subject : ClassWords.name(subject)
  }

  private var subjects: [String] {
    network.layers.map(\.subject).reduce(into: []) { found, name in
      if !found.contains(name) { found.append(name) }
    }
  }

  private func featureMaps(_ subject: String, _ book: inout FigureBook) throws -> ReportBlock {
    let evidence = facts.result.evidence.first { $0.name == subject } ?? facts.result.evidence[0]
    let layers = network.layers.filter { $0.subject == subject }
      .prefix(FeatureMapsFigure.maximumLayerCount)
    let figure = try FeatureMapsFigure(
      spectrum: Spectrum(axis: facts.axis, intensities: evidence.meanSpectrum.map { Float($0) }),
      layers: layers.map { .init(name: $0.name, channels: $0.channels) },
      title: "What the layers make of the mean spectrum: \(spoken(subject))",
      intensityLabel: "Prepared signal")
    let counts = layers.map { "\($0.name) with \($0.channels.count) channels" }
    return try book.add(
      "layers-\(subjects.firstIndex(of: subject).map { $0 + 1 } ?? 0)", figure,
      caption: "Feature maps of the mean spectrum of \(spoken(subject)), one row per channel.",
      alternative:
        "Feature maps along \(facts.positions.span) for \(spoken(subject)): \(Words.list(counts)).")
  }
}
