public import GraphExecution
import GraphIR
public import TensorCore

/// A sample of which an input is masked, with what stands for hidden parts.
public struct MaskedSample: Sendable {
  /// All inputs of the sample by name.
  public let inputs: [String: Tensor]

  /// The input that is masked.
  public let input: NetworkInput

  /// What inputs are compared with: its mean and its black are fills.
  public let background: Background

  /// Where random numbers of fills start.
  public let seed: UInt64

  /// Describes a sample.
  public init(
    _ inputs: [String: Tensor], masking input: NetworkInput,
    background: Background = Background(), seed: UInt64 = 0
  ) {
    self.inputs = inputs
    self.input = input
    self.background = background
    self.seed = seed
  }
}

/// Scores masked inputs of samples: full batches, fills made once, equal rows scored once.
public final class InputScorer: Sendable {
  private let model: Model
  private let program: NetworkProgram<OutputHandle>
  private let batch: Int
  private let lane: ExecutionLane
  let fills: RowFills
  /// Where masks on grids are scored.
  let grids: GridScoring

  /// Prepares scoring; nothing is compiled yet.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - options: How graphs are compiled.
  ///   - batch: How many masked inputs run at once; nil chooses by their size.
  ///   - upsampling: How masks on the grid of a layer are brought to the input.
  ///   - lane: Where graphs are compiled and run.
  public init(
    _ model: Model, options: ProgramOptions = ProgramOptions(), batch: Int? = nil,
    upsampling: Upsampling = .receptiveField, lane: ExecutionLane = .shared
  ) {
    self.model = model
    self.lane = lane
    let batch = model.fixedBatch ?? batch ?? Explainer.preferredBatch(for: model)
    self.batch = batch
    program = NetworkProgram.scores(of: model, options: options, lane: lane)
    fills = RowFills(model, options: options, lane: lane)
    grids = GridScoring(model, upsampling, options: options, lane: lane, batch: batch)
  }

  /// The raw scores of masked inputs.
  ///
  /// - Parameters:
  ///   - rows: What is kept of the sample's input, and what stands for the rest; masks have as many
  ///     positions as the input.
  ///   - sample: Whose input is masked.
  ///   - progress: Called with the share that is done.
  /// - Returns: For each row the raw scores, one per class; for each position of the first class, then
  ///   of the second and so on, where the output has positions.
  /// - Throws: `ExplanationError` for fills that are not known; what compiling and running throw;
  ///   `CancellationError`.
  public func scores(
    of rows: [MaskedRow], in sample: MaskedSample, progress: (Double) -> Void = { _ in }
  ) throws -> [[Float]] {
    var places: [MaskedRow: Int] = [:]
    var distinct: [MaskedRow] = []
    let meant = rows.map { row in
      if let place = places[row] { return place }
      places[row] = distinct.count
      distinct.append(row)
      return distinct.count - 1
    }
    let different = distinct
    guard !different.isEmpty else { return [] }
    let composer = try RowComposer(sample, fills: fills, for: Set(different.map(\.fill)))
    var scores: [[Float]] = []
    scores.reserveCapacity(different.count)
    let size = size(for: different.count)
    for part in different.indices.parts(of: size) {
      try Task.checkCancellation()
      let masked = lane.map(part.count) { composer.input(different[part.lowerBound + $0]) }
      let inputs = masked.map { sample.inputs.merging([sample.input.name: $0]) { $1 } }
      scores += try program.run(inputs, size: size) { outputs, handle, index in
        outputs[handle].part(index).elements
      }
      progress(Double(part.upperBound) / Double(different.count))
    }
    return meant.map { scores[$0] }
  }

  /// The masked inputs themselves, `[channels, positions…]`.
  ///
  /// - Throws: `ExplanationError` for fills that are not known; what compiling and running throw.
  public func inputs(of rows: [MaskedRow], in sample: MaskedSample) throws -> [Tensor] {
    let composer = try RowComposer(sample, fills: fills, for: Set(rows.map(\.fill)))
    return lane.map(rows.count) { composer.input(rows[$0]) }
  }

  /// The masked inputs of a run: as many as fill it, or a few sizes for fewer.
  private func size(for count: Int) -> Int {
    guard count < batch, model.fixedBatch == nil else { return batch }
    var size = 1
    while size < count { size *= 2 }
    return min(size, batch)
  }
}
