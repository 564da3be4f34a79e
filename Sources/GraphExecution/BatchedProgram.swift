public import GraphIR
public import TensorCore

/// A program for any number of samples, which runs a part of them at a time.
///
/// What the steps of a part write stays in the processor's cache, and the memory that a run needs
/// does not grow with the samples. Samples must not influence each other, as is so in networks at
/// inference and in explanations made from them.
public final class BatchedProgram: Sendable {
  /// How many samples are run at a time.
  public let chunkSize: Int

  private let program: Program
  private let inputs: [(name: String, shape: Shape)]
  private let outputs: [(name: String, shape: Shape)]

  /// Compiles the graph of one part.
  ///
  /// - Parameters:
  ///   - chunkSize: How many samples are run at a time, at least 1.
  ///   - options: How the graph is compiled.
  ///   - lane: Where it is compiled and run.
  ///   - graph: Makes the graph for a number of samples, which is the first extent of its inputs
  ///     and outputs.
  /// - Throws: What `graph` throws, or `ExecutionError` when the graph cannot be compiled.
  public init(
    chunkSize: Int, options: ProgramOptions = ProgramOptions(), lane: ExecutionLane = .shared,
    graph: (Int) throws -> Graph
  ) throws {
    precondition(chunkSize >= 1, "a part has at least one sample")
    self.chunkSize = chunkSize
    let graph = try graph(chunkSize)
    inputs = graph.inputs.map { ($0.name, $0.shape) }
    outputs = graph.outputs.map { ($0.name, graph[$0.value].shape) }
    program = try Program(graph, options: options, lane: lane)
  }

  /// The bytes of the buffers that a run needs, constants not counted.
  public var arenaByteCount: Int { program.arenaByteCount }

  /// Runs all samples.
  ///
  /// - Parameter tensors: A tensor for every input of the graph, by label, with samples along the
  ///   first axis; at least one, and equally many for all inputs.
  /// - Returns: The outputs of the graph, with as many samples.
  /// - Throws: `ExecutionError` when an input is missing or has the wrong shape.
  public func run(_ tensors: [String: Tensor]) throws(ExecutionError) -> ProgramResults {
    let count = try sampleCount(tensors)
    var elements = outputs.map { _ in [Float]() }
    for range in (0..<count).parts(of: chunkSize) {
      var part: [String: Tensor] = [:]
      for (name, shape) in inputs { part[name] = slice(tensors[name], range, shape) }
      for (index, result) in try program.run(part).enumerated() {
        let width = result.tensor.elements.count / chunkSize
        elements[index] += result.tensor.elements[..<(width * range.count)]
      }
    }
    let tensors = zip(outputs, elements).map { output, elements in
      Tensor(shape: Shape([count] + output.shape.extents.dropFirst()), elements: elements)
    }
    return ProgramResults(OutputList(outputs.map(\.name)), tensors)
  }

  /// The samples of a range; the last one again where the part has room for more.
  private func slice(_ tensor: Tensor?, _ range: Range<Int>, _ shape: Shape) -> Tensor? {
    guard let tensor else { return nil }
    let width = shape.elementCount / chunkSize
    var elements = Array(tensor.elements[range.lowerBound * width..<range.upperBound * width])
    let last = tensor.elements[(range.upperBound - 1) * width..<range.upperBound * width]
    for _ in range.count..<chunkSize { elements += last }
    return Tensor(shape: shape, elements: elements)
  }

  private func sampleCount(_ tensors: [String: Tensor]) throws(ExecutionError) -> Int {
    var count: Int?
    for (name, shape) in inputs {
      guard let tensor = tensors[name] else {
        throw ExecutionError(.invalidArguments, "input \(name) is missing")
      }
      let samples = tensor.shape.extents.first ?? 0
      guard tensor.shape.extents.dropFirst() == shape.extents.dropFirst(), samples >= 1,
        count == nil || count == samples
      else {
        throw ExecutionError(
          .invalidArguments,
          "input \(name) has shape \(tensor.shape), not \(count ?? max(samples, 1)) samples of"
            + " \(Shape(Array(shape.extents.dropFirst())))")
      }
      count = samples
    }
    guard let count else {
      throw ExecutionError(.invalidArguments, "a graph without inputs has no samples")
    }
    return count
  }
}
