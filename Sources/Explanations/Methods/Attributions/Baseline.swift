import Catalogs
import GraphIR
import Operations
import TensorCore

/// What an input is compared with, as a user chooses it.
enum BaselineChoice: String, CaseIterable {
  case auto, others, mean, line, blur, zero, black
}

extension Parameter<BaselineChoice> {
  /// What an input is compared with.
  static var inputBaseline: Parameter {
    Parameter(
      "baseline",
      "what the input is compared with: the mean of the other classes or of a background "
        + "(--background, or what a study keeps with its network), a straight line between the ends of "
        + "every axis, the input blurred (7 % of its side), zero in the network's own numbers, or a black "
        + "picture; auto takes the first of others and mean that is known, else the line for spectra and "
        + "blur for pictures",
      standard: .auto)
  }
}

/// What an input is compared with, found.
enum Baseline: Hashable, Sendable {
  /// The mean of the classes that the target is set against; of all others where it names none.
  case others
  /// The mean of a set of inputs.
  case mean
  /// Something made of the input itself, or zero.
  case fill(InputFill)
  /// A black picture.
  case black
  /// One after the other of a set of inputs.
  case samples

  /// What a choice means for an input of some positions.
  init(_ choice: BaselineChoice, positions: [Int], _ background: Background) {
    // Of rows of numbers neither lines nor blurs are made.
    let isRow = positions.isEmpty
    self =
      switch choice {
      case .others: .others
      case .mean: .mean
      case .zero: .fill(.zero)
      case .black: .black
      case .line: .fill(isRow ? .zero : .line)
      case .blur: .fill(isRow ? .zero : .blur(.percent(7)))
      case .auto:
        if background.classMeans.count > 1 {
          .others
        } else if background.mean != nil {
          .mean
        } else if isRow {
          .fill(.zero)
        } else {
          .fill(positions.count { $0 > 1 } > 1 ? .blur(.percent(7)) : .line)
        }
      }
  }

  /// The baseline in words.
  var title: String {
    switch self {
    case .others: "the mean of the other classes"
    case .mean: "the mean of the background"
    case .fill(.zero): "zero"
    case .fill(.line): "a straight line between its ends"
    case .fill(.blur): "the input blurred"
    case .black: "a black picture"
    case .samples: "inputs of the background"
    }
  }
}

extension ChosenMethod {
  /// What an input of some positions is compared with; nil for methods that compare with nothing.
  func baseline(positions: [Int], _ background: Background) -> Baseline? {
    guard method.parameters.contains(where: { $0 is Parameter<BaselineChoice> }) else {
      return nil
    }
    if drawsSamples(background) { return .samples }
    return Baseline(settings[Parameter.inputBaseline], positions: positions, background)
  }
}

extension ChosenMethod {
  /// Whether it divides a difference between inputs and a baseline other than zero.
  package var comparesInputs: Bool {
    let baseline = baseline(positions: [2], Background())
    // Of what is no picture, black is zero.
    return baseline != nil && baseline != .fill(.zero) && baseline != .black
  }
}

extension ExplanationPlan {
  /// What inputs are compared with, a sentence for each method that was not told and each input.
  package var baselines: [String] {
    var sentences: [String] = []
    for item in items {
      let known = background.fitting(item.input.shape)
      guard let baseline = item.method.baseline(positions: item.input.positions, known),
        item.method.settings[Parameter.inputBaseline] == .auto
      else { continue }
      var sentence = "\(item.method.method.id) compares each input with \(baseline.title)"
      if case .fill = baseline {
        sentence +=
          ", since no others are known; --background FILES names some, --set baseline= chooses"
      }
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    return sentences
  }
}

extension Background {
  /// Throws unless it holds what a method compares inputs with.
  ///
  /// - Throws: `ExplanationError` that says what is missing.
  func check(_ chosen: ChosenMethod, input: NetworkInput) throws(ExplanationError) {
    let known = fitting(input.shape)
    switch chosen.baseline(positions: input.positions, known) {
    case .others? where known.classMeans.count < 2:
      throw ExplanationError(
        .invalidSetting,
        "\(chosen.method.id): baseline=others needs the mean of every class, which the network does "
          + "not bring along; studies keep it with theirs. Choose baseline=line, or --background FILES"
      )
    case .mean? where known.mean == nil && known.classMeans.isEmpty:
      throw ExplanationError(
        .invalidSetting,
        "\(chosen.method.id): baseline=mean needs a background; name its files with --background")
    case .samples? where known.samples.isEmpty:
      throw ExplanationError(
        .invalidSetting,
        "\(chosen.method.id): draw=samples needs a background; name its files with --background")
    default: break
    }
  }
}

// Baselines as values of the graph.
extension MethodSite {
  /// What the input is compared with, of its shape.
  func baseline(_ settings: Settings) -> Value {
    let known = background.fitting(Shape(Array(input.shape.extents.dropFirst())))
    let choice = settings[Parameter<BaselineChoice>.inputBaseline]
    let value =
      switch Baseline(choice, positions: input.shape.positions, known) {
      case .others: meanOfOthers(known.classMeans)
      case .mean, .samples: mean(known)
      case .black: known.black.map { input.builder.constant(Tensor.stack([$0])) }
      case .fill(let fill): fill.value(of: input, spacing: known.spacing)
      }
    return (value ?? input.builder.constant(0)).broadcast(to: input.shape)
  }

  private func mean(_ known: Background) -> Value? {
    if let mean = known.mean { return input.builder.constant(Tensor.stack([mean])) }
    guard !known.classMeans.isEmpty else { return nil }
    return input.builder.constant(Tensor.stack(known.classMeans)).mean(over: .axes([0]))
  }

  /// The means of the classes that the target counts against, each as much as it counts; of those
  /// that do not count where none does; of all where every class counts for it.
  private func meanOfOthers(_ means: [Tensor]) -> Value? {
    guard means.count == weights.shape[1] else { return nil }
    let classes = AxisSelection.axes([1])
    let builder = input.builder
    let against = (-weights).positive
    let neutral = weights.isEqual(to: builder.constant(0))
    let all = builder.constant(Tensor(shape: [1, means.count], repeating: 1))
    let opposed = against.sum(over: classes).isGreater(than: 0)
    let rest = neutral.sum(over: classes).isGreater(than: 0)
    let shares = opposed.choosing(against, else: rest.choosing(neutral, else: all))
    let rows = Tensor(
      shape: [means.count, means[0].shape.elementCount], elements: means.flatMap(\.elements))
    return (shares / shares.sum(over: classes)).product(builder.constant(rows))
      .reshaped(to: input.shape)
  }
}
