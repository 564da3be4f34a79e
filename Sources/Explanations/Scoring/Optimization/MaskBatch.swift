import GraphExecution
import GraphIR
import Operations
import TensorCore

/// Searches whose masks are rows of the same runs, and what does not change between steps.
struct MaskBatch {
  private typealias Label = OptimizationGraphs.Label

  /// What a row gives.
  struct RowResult {
    /// Which row of its search it is.
    let index: Int
    let objective: Float
    let score: Float
    /// Of each cell.
    let gradient: ArraySlice<Float>
    /// Of each position.
    let mask: ArraySlice<Float>
    /// Of each position.
    let map: ArraySlice<Float>
  }

  /// The searches.
  private(set) var searches: [MaskSearch]

  /// Which search each row belongs to, and which of its rows it is.
  private let rows: [(search: Int, row: Int)]

  /// How many rows run at once.
  private let size: Int

  /// What of each run does not change between steps.
  private var constants: [[String: Tensor]] = []
  private var pressure: Float = 1
  private let lane: ExecutionLane

  /// Makes what does not change.
  ///
  /// - Parameters:
  ///   - searches: Of one kind.
  ///   - size: How many rows run at once.
  ///   - fills: Makes what stands for hidden parts.
  ///   - lane: Where work is done on all threads.
  /// - Throws: `ExplanationError` for fills that do not fit the input; what compiling and running throw.
  init(
    _ searches: [MaskSearch], size: Int, fills: RowFills, lane: ExecutionLane
  ) throws {
    self.searches = searches
    self.size = size
    self.lane = lane
    rows = searches.indices.flatMap { search in
      (0..<searches[search].rowCount).map { (search, $0) }
    }
    let samples = try searches.map { try Self.sample($0.job, fills) }
    constants = rows.indices.parts(of: size).map { part in
      let stacked = part.map { index in
        let (search, row) = rows[index]
        let flat = Shape([1] + searches[search].problem.cells.map { _ in 1 })
        return samples[search].merging([
          Label.quota: Tensor(shape: flat, elements: [searches[search].quota(of: row)])
        ]) { $1 }
      }
      return Tensor.stacks(stacked, filledTo: size)
    }
    scale { _ in 1 }
  }

  /// What of one sample does not change, by the labels of the graph.
  private static func sample(_ job: OptimizationJob, _ fills: RowFills) throws -> [String: Tensor] {
    var values = [Label.target: job.target.part(0)]
    for (name, tensor) in job.inputs { values[ScoringGraphs.label(name)] = tensor }
    guard let input = job.inputs[job.item.input.name] else {
      throw ExplanationError(.unsuitableInput, "there is no input \(job.item.input.name)")
    }
    let made: [InputFill]
    switch job.problem.fill {
    case .constant(let fill): made = [fill]
    case .levels(let levels): made = levels
    case .infill:
      guard input.shape.rank <= 3 else {
        throw ExplanationError(
          .invalidSetting, "volumes are not infilled; take blur or zero")
      }
      made = []
    }
    for (level, fill) in made.enumerated() {
      let value = try fills.made(FillKey(fill: fill, input: job.item.input), of: input)
      values[Label.fill(level)] = value.part(0)
    }
    return values
  }

  private mutating func scale(_ number: (MaskSearch) -> Float) {
    for (run, part) in rows.indices.parts(of: size).enumerated() {
      let scales = part.map { Tensor(number(searches[rows[$0].search])) }
      constants[run][Label.scale] = Tensor.stack(scales, filledTo: size)
    }
  }
}

// Steps.
extension MaskBatch {
  /// Takes over the units of scores, which are known once the inputs have been scored.
  mutating func fixScales() { scale(\.scale) }

  /// Draws what is random in the next step.
  mutating func draw(pressure: Float) {
    self.pressure = pressure
    for index in searches.indices { searches[index].draw() }
  }

  /// Takes a step of every search.
  mutating func step() { for index in searches.indices { searches[index].step() } }

  /// The mean loss of the last step.
  var loss: Double {
    searches.reduce(0) { $0 + ($1.losses.last ?? 0) } / Double(searches.count)
  }

  /// Makes masks those that are found.
  mutating func settle() { for index in searches.indices { searches[index].settle() } }

  /// Runs all rows.
  ///
  /// - Parameters:
  ///   - compiled: For as many rows as run at once.
  ///   - presence: What masks are multiplied by.
  ///   - base: What is added to them.
  ///   - take: Given the search of each row, and what it gives.
  /// - Throws: What running throws.
  mutating func run(
    _ compiled: NetworkProgram<OptimizationOutputs>.Compiled, presence: Float = 1, base: Float = 0,
    take: (inout MaskSearch, RowResult) -> Void
  ) throws {
    let results = compiled.results
    for (run, part) in rows.indices.parts(of: size).enumerated() {
      let outputs = try compiled.program.run(inputs(run, part, presence: presence, base: base))
      for (place, index) in part.enumerated() {
        let slice = { [size] (handle: OutputHandle) in
          let elements = outputs[handle].elements
          let count = elements.count / size
          return elements[place * count..<(place + 1) * count]
        }
        let row = RowResult(
          index: rows[index].row, objective: outputs[results.objective].elements[place],
          score: outputs[results.score].elements[place], gradient: slice(results.gradient),
          mask: slice(results.mask), map: slice(results.map))
        take(&searches[rows[index].search], row)
      }
    }
  }

  /// The inputs of a run.
  private func inputs(
    _ run: Int, _ part: Range<Int>, presence: Float, base: Float
  ) -> [String: Tensor] {
    var inputs = constants[run]
    let stack = { (make: (MaskSearch, Int) -> Tensor) in
      Tensor.stack(
        part.map { make(searches[rows[$0].search], rows[$0].row) }, filledTo: size)
    }
    let flat = Shape([1, 1] + searches[0].problem.cells.map { _ in 1 })
    inputs[Label.numbers] = stack { $0.numbers(of: $1) }
    inputs[Label.noise] = stack { $0.noise(of: $1) }
    inputs[Label.pressure] = Tensor(shape: [1], elements: [pressure])
    inputs[Label.presence] = Tensor(shape: flat, elements: [presence])
    inputs[Label.base] = Tensor(shape: flat, elements: [base])
    if case .infill = searches[0].problem.fill {
      let hides = presence == 0
      let filled = lane.map(part.count) { place in
        let (search, row) = rows[part.lowerBound + place]
        return searches[search].infilled(row: row, hidingAll: hides)
      }
      inputs[Label.fill(0)] = Tensor.stack(filled, filledTo: size)
    }
    return inputs
  }
}

extension MaskSearch {
  /// What the random mask of a row keeps, spread into its gaps, `[channels, positions…]`.
  fileprivate func infilled(row: Int, hidingAll: Bool) -> Tensor {
    let input = job.inputs[job.item.input.name] ?? Tensor(0)
    let positions = job.item.input.positions
    let kept = keptCells(of: row)
    let places = zip(problem.cells, positions).reduce([0]) { places, axis in
      let taps = AxisTap.taps(
        .cells(axis.0, over: axis.1), .nearest(.roundPreferringFloor), input: axis.0,
        output: axis.1)
      return places.flatMap { place in taps.map { place * axis.0 + $0.lower } }
    }
    let isKnown = places.map { !hidingAll && kept[$0] }
    return Tensor(
      shape: input.shape,
      elements: HarmonicInfill.filled(
        input.elements, positions: positions, isKnown: isKnown, tolerance: 1e-3))
  }
}
