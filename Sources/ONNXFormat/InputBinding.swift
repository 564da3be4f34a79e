import TensorCore

/// Chooses concrete shapes for the inputs of a model.
struct InputBinding {
  let inputs: [DeclaredInput]
  let shapes: [String: Shape]
  let batch: Int

  /// The shapes of all inputs.
  ///
  /// - Throws: `ONNXError` naming the input and axis whose extent is open or contradicted.
  func resolve() throws(ONNXError) -> [(name: String, shape: Shape, type: ElementType)] {
    for name in shapes.keys.sorted() where !inputs.contains(where: { $0.name == name }) {
      throw ONNXError(
        .unboundDimension,
        "there is no input \"\(name)\"; the inputs are "
          + inputs.map(\.name).joined(separator: ", ")
      )
    }
    guard batch >= 0 else {
      throw ONNXError(.unboundDimension, "a batch of \(batch) is impossible")
    }
    var symbols: [String: Int] = [:]
    for input in inputs { try collect(input, into: &symbols) }
    var resolved: [(name: String, shape: Shape, type: ElementType)] = []
    for input in inputs {
      let shape: Shape
      if let given = shapes[input.name] {
        shape = try TensorDecoder.shape(given.extents.map { Int64($0) })
      } else {
        shape = try self.shape(of: input, symbols)
      }
      resolved.append((input.name, shape, input.elementType))
    }
    try requireBatch(resolved.map(\.shape))
    return resolved
  }

  /// Checks a given shape against the file and learns what the symbols stand for.
  private func collect(
    _ input: DeclaredInput, into symbols: inout [String: Int]
  ) throws(ONNXError) {
    guard let shape = shapes[input.name], let dimensions = input.dimensions else { return }
    guard shape.rank == dimensions.count else {
      throw ONNXError(
        .unboundDimension, "shape \(shape) does not fit input \(input)")
    }
    for (dimension, extent) in zip(dimensions, shape.extents) {
      switch dimension {
      case .fixed(let expected):
        guard extent == expected else {
          throw ONNXError(.unboundDimension, "shape \(shape) does not fit input \(input)")
        }
      case .symbolic(let name):
        guard symbols[name] ?? extent == extent else {
          throw ONNXError(
            .unboundDimension,
            "dimension \(name) cannot be both \(symbols[name] ?? 0) and \(extent)")
        }
        symbols[name] = extent
      case .open: break
      }
    }
  }

  private func shape(
    of input: DeclaredInput, _ symbols: [String: Int]
  ) throws(ONNXError) -> Shape {
    guard let dimensions = input.dimensions else {
      throw ONNXError(
        .unboundDimension,
        "the file does not state the shape of input \"\(input.name)\"; \(Self.advice(input))")
    }
    var extents: [Int64] = []
    for (axis, dimension) in dimensions.enumerated() {
      switch dimension {
      case .fixed(let extent): extents.append(Int64(extent))
      case .symbolic(let name):
        guard let extent = symbols[name] ?? (axis == 0 ? batch : nil) else {
          throw open(input, axis, "dimension \"\(name)\"")
        }
        extents.append(Int64(extent))
      case .open:
        guard axis == 0 else { throw open(input, axis, "an open dimension") }
        extents.append(Int64(batch))
      }
    }
    return try TensorDecoder.shape(extents)
  }

  private func open(_ input: DeclaredInput, _ axis: Int, _ what: String) -> ONNXError {
    ONNXError(
      .unboundDimension,
      "axis \(axis) of input \(input) is \(what); \(Self.advice(input))")
  }

  /// How the shape of an input is given.
  private static func advice(_ input: DeclaredInput) -> String {
    "give the shape of one sample, such as --input-shape \(input.exampleShape)"
  }

  /// A batch that was asked for must have found its place.
  private func requireBatch(_ resolved: [Shape]) throws(ONNXError) {
    let hasPlace = inputs.isEmpty || resolved.contains { $0.rank > 0 && $0[0] == batch }
    guard batch == 1 || hasPlace else {
      throw ONNXError(
        .unboundDimension,
        "the model's batch is fixed; \(batch) does not fit "
          + inputs.map(\.description).joined(separator: ", ")
      )
    }
  }
}
