import GraphIR
import Operations
import TensorCore

/// What the recurrent operators have in common: directions, the projection of the inputs, and the
/// order of axes.
///
/// Inputs: X, W, R, B, lengths of the sequences, first state, first cell, peephole weights.
struct RecurrentLayer {
  /// How one operator differs from the others.
  struct Kind {
    /// The name of the operator.
    let title: String
    /// How many gates there are.
    let gateCount: Int
    /// How many values of the width make the state.
    let stateCount: Int
    /// The functions of one direction when none are named.
    let functions: [String]
    /// The attribute that chooses a variant.
    let variant: String?
    /// The next state.
    let next: @Sendable (RecurrentCell) -> (_ state: Value, _ input: Value) -> Value
  }

  private let site: ImportSite
  private let kind: Kind
  /// The inputs `[steps, samples, features]`.
  private let sequence: Value
  private let width: Int
  private let reversals: [Bool]
  private let functions: [RecurrentFunction]
  private let samplesFirst: Bool
  /// `[steps, samples, 1]`: 1 where the sequence of a sample lasts, or nil when all are as long.
  private let mask: Value?

  /// Reads a node.
  ///
  /// - Throws: `ONNXError` when shapes do not fit or the recurrent weights depend on the data.
  init(_ site: ImportSite, _ kind: Kind) throws(ONNXError) {
    self.site = site
    self.kind = kind
    samplesFirst = try site.attributes.integer("layout", default: 0) == 1
    let given = try site.value(0, minimumRank: 3)
    sequence = samplesFirst ? given.transposed([1, 0, 2]) : given
    let directions = ["forward": [false], "reverse": [true], "bidirectional": [false, true]]
    let direction = try site.attributes.text("direction", default: "forward")
    guard let reversals = directions[direction] else {
      throw ONNXError(.malformedFile, "direction \"\(direction)\" is not known")
    }
    self.reversals = reversals
    let weights = try site.input(2).shape
    width = weights.rank == 3 ? weights[2] : 0
    let rows = kind.gateCount * width
    guard weights == [reversals.count, rows, width], width > 0, given.shape.rank == 3,
      try site.input(1).shape == [reversals.count, rows, sequence.shape[2]],
      sequence.shape.elementCount > 0
    else {
      throw ONNXError(
        .malformedFile,
        "input \(given.shape) and weights \(try site.input(1).shape), \(weights) do not fit")
    }
    functions = try RecurrentFunction.read(
      site.attributes, default: kind.functions, directions: reversals.count)
    mask = try Self.mask(site, sequence)
  }

  private static func mask(_ site: ImportSite, _ sequence: Value) throws(ONNXError) -> Value? {
    guard let lengths = site.optional(4) else { return nil }
    let (steps, samples) = (sequence.shape[0], sequence.shape[1])
    guard lengths.shape == [samples] else {
      throw ONNXError(.malformedFile, "lengths \(lengths.shape) are not one for each sample")
    }
    if let known = lengths.foldable, known.integers.allSatisfy({ $0 >= steps }) { return nil }
    let places = Tensor(shape: [steps, 1, 1], elements: (0..<steps).map { Float($0) })
    let ends = site.pool.value(lengths).reshaped(to: [1, samples, 1])
    return site.builder.apply(Binary(.less), [site.builder.constant(places), ends])
  }

  /// All states, the last hidden states and, where there are any, the last cells.
  func outputs() throws(ONNXError) -> [ImportedValue] {
    let (steps, samples) = (sequence.shape[0], sequence.shape[1])
    var states: [Value] = []
    for direction in reversals.indices { states.append(try self.states(direction)) }
    func joined(_ part: (Value, Bool) -> Value) -> Value {
      .concatenated(zip(states, reversals).map(part), axis: 1)
    }
    let all = joined { states, _ in
      var hidden = states.sliced(2, start: 0, count: width)
      if let mask { hidden = hidden * mask }
      return hidden.reshaped(to: [steps, 1, samples, width])
    }
    let last = (0..<kind.stateCount).map { index in
      joined { states, isReversed in
        states.sliced(0, start: isReversed ? 0 : steps - 1, count: 1)
          .sliced(2, start: index * width, count: width)
          .reshaped(to: [1, 1, samples, width])
      }.reshaped(to: [reversals.count, samples, width])
    }
    let values =
      samplesFirst
      ? [all.transposed([2, 0, 1, 3])] + last.map { $0.transposed([1, 0, 2]) } : [all] + last
    return try values.map { (value) throws(ONNXError) in
      .computed(try site.checked(value), .float32)
    }
  }

  /// The state of one direction after every step, `[steps, samples, stateCount · width]`.
  private func states(_ direction: Int) throws(ONNXError) -> Value {
    let (steps, samples) = (sequence.shape[0], sequence.shape[1])
    let features = sequence.shape[2]
    let rows = kind.gateCount * width
    let weights = try part(1, direction, [rows, features])
    var inputs = sequence.reshaped(to: [steps * samples, features])
      .product(weights, transposesRight: true)
    let bias = try known(3, direction, [2 * rows])
    if let bias { inputs = inputs + site.builder.constant(bias).sliced(0, start: 0, count: rows) }
    let sequences =
      [inputs.reshaped(to: [steps, samples, rows])] + (mask.map { [$0] } ?? [])
    let (next, start) = (kind.next(try cell(direction, bias)), try first(direction))
    do throws(GraphError) {
      let step = try RecurrentStep(
        kind.title, state: [samples, kind.stateCount * width],
        elements: sequences.map { Shape(Array($0.shape.extents.dropFirst())) }
      ) { state, elements in
        let value = next(state, elements[0])
        return elements.count > 1 ? elements[1].choosing(value, else: state) : value
      }
      return start.recurring(
        step, over: sequences, isReversed: reversals[direction])
    } catch {
      throw ONNXError(.malformedFile, error.description)
    }
  }

  /// What a direction repeats at every step; `bias` holds those of the inputs, then the recurrent.
  private func cell(_ direction: Int, _ bias: Tensor?) throws(ONNXError) -> RecurrentCell {
    let rows = kind.gateCount * width
    guard let weights = try known(2, direction, [rows, width]) else {
      throw ONNXError(.malformedFile, "the recurrent weights are missing")
    }
    let count = functions.count / reversals.count
    let limit = try site.attributes.float("clip")
    return RecurrentCell(
      width: width, weights: weights,
      bias: Tensor(
        shape: [rows],
        elements: bias.map { Array($0.elements.suffix(rows)) }
          ?? Array(repeating: 0, count: rows)),
      peephole: try known(7, direction, [3 * width]),
      functions: Array(functions[(direction * count)..<((direction + 1) * count)]), limit: limit,
      isVariant: try kind.variant.map { (name) throws(ONNXError) in
        try site.attributes.flag(name, default: false)
      } ?? false)
  }

  /// The state before the first step, `[samples, stateCount · width]`.
  private func first(_ direction: Int) throws(ONNXError) -> Value {
    let samples = sequence.shape[1]
    var parts: [Value] = []
    for index in 0..<kind.stateCount {
      guard site.optional(5 + index) != nil else {
        let zeros = Tensor(shape: [samples, width], repeating: 0)
        parts.append(site.builder.constant(zeros))
        continue
      }
      var given = try site.value(5 + index, minimumRank: 3)
      if samplesFirst { given = given.transposed([1, 0, 2]) }
      guard given.shape == [reversals.count, samples, width] else {
        throw ONNXError(.malformedFile, "the first state has shape \(given.shape)")
      }
      parts.append(
        given.sliced(0, start: direction, count: 1).reshaped(to: [samples, width]))
    }
    return .concatenated(parts, axis: 1)
  }

  /// The part of an input that belongs to a direction.
  private func part(_ index: Int, _ direction: Int, _ shape: Shape) throws(ONNXError) -> Value {
    try site.value(index).sliced(0, start: direction, count: 1).reshaped(to: shape)
  }

  /// The part of an input that must be known, or nil when it is left out.
  private func known(
    _ index: Int, _ direction: Int, _ shape: Shape
  ) throws(ONNXError) -> Tensor? {
    guard let tensor = try site.known(index, "weights of \(kind.title)") else { return nil }
    let count = shape.elementCount
    guard tensor.shape == Shape([reversals.count] + shape.extents) else {
      throw ONNXError(
        .malformedFile,
        "weights \(tensor.shape) (input \(index)) do not fit \(width) hidden numbers")
    }
    return Tensor(
      shape: shape, elements: Array(tensor.floats[(direction * count)..<((direction + 1) * count)]))
  }
}
