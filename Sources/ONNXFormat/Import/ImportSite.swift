import GraphIR
import Operations
import TensorCore

/// What the import of one ONNX node works with.
struct ImportSite {
  /// The version of the operator set that the file uses.
  let opset: Int

  /// The attributes of the node.
  let attributes: NodeAttributes

  /// The inputs; nil where an optional one is left out.
  let inputs: [ImportedValue?]

  /// For every output, whether anything uses it.
  let isOutputUsed: [Bool]

  /// Where known numbers become constants.
  let pool: ConstantPool

  /// Decodes tensors in attributes.
  let decoder: TensorDecoder

  /// Imports a body of the node.
  let body: BodyImporter

  /// The builder of the graph.
  var builder: GraphBuilder { pool.builder }

  /// A required input.
  func input(_ index: Int) throws(ONNXError) -> ImportedValue {
    guard let input = optional(index) else {
      throw ONNXError(.malformedFile, "input \(index) is missing")
    }
    return input
  }

  /// An optional input.
  func optional(_ index: Int) -> ImportedValue? {
    index < inputs.count ? inputs[index] : nil
  }

  /// All inputs, none of which may be left out; at least one is needed.
  func allInputs() throws(ONNXError) -> [ImportedValue] {
    let present = inputs.compactMap(\.self)
    guard present.count == inputs.count, !present.isEmpty else {
      throw ONNXError(.malformedFile, "an input is missing")
    }
    return present
  }

  /// A required input as a value of the graph.
  func value(_ index: Int) throws(ONNXError) -> Value {
    pool.value(try input(index))
  }

  /// A required input of at least a certain rank as a value of the graph.
  func value(_ index: Int, minimumRank: Int) throws(ONNXError) -> Value {
    let value = try value(index)
    try require(value.shape, minimumRank: minimumRank, "input \(index)")
    return value
  }

  /// Throws unless a shape has at least some axes.
  func require(
    _ shape: Shape, minimumRank: Int, _ meaning: String = "input 0"
  ) throws(ONNXError) {
    guard shape.rank >= minimumRank else {
      throw ONNXError(
        .malformedFile,
        "\(meaning) has shape \(shape); at least \(minimumRank) axes are needed")
    }
  }

  /// What the import of another operator works with: the same node with other inputs,
  /// read by another version of the operator set when one is given.
  func with(_ inputs: [ImportedValue?], opset: Int? = nil) -> ImportSite {
    ImportSite(
      opset: opset ?? self.opset, attributes: attributes, inputs: inputs,
      isOutputUsed: isOutputUsed, pool: pool, decoder: decoder, body: body)
  }

  /// The numbers of an input that must be known, or nil when it is left out.
  func known(_ index: Int, _ meaning: String) throws(ONNXError) -> HostTensor? {
    guard let input = optional(index) else { return nil }
    guard let known = input.known else {
      throw ONNXError(
        .outOfScope,
        "\(meaning) (input \(index)) depends on the data; it must be known when the model is read")
    }
    return known
  }

  /// The integers of an input that must be known, or nil when it is left out.
  func integers(_ index: Int, _ meaning: String) throws(ONNXError) -> [Int]? {
    try known(index, meaning)?.integers
  }

  /// The single number of an input that must be known, or nil when it is left out.
  func number(_ index: Int, _ meaning: String) throws(ONNXError) -> Double? {
    guard let known = try known(index, meaning) else { return nil }
    guard known.count == 1 else {
      throw ONNXError(.malformedFile, "\(meaning) (input \(index)) is not a single number")
    }
    return known.doubles[0]
  }

  /// Integers given by an attribute in older operator sets and by an input in newer ones.
  func integers(attribute: String, orInput index: Int) throws(ONNXError) -> [Int]? {
    if let integers = try attributes.integers(attribute) { return integers }
    return try integers(index, attribute)
  }

  /// The index of an axis that may count from the end.
  func axis(_ axis: Int, rank: Int) throws(ONNXError) -> Int {
    guard (-rank..<max(rank, 0)).contains(axis) else {
      throw ONNXError(.malformedFile, "axis \(axis) does not exist among \(rank) axes")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The indices of distinct axes, ascending.
  func axes(_ axes: [Int], rank: Int) throws(ONNXError) -> [Int] {
    var resolved: [Int] = []
    for item in axes { resolved.append(try axis(item, rank: rank)) }
    guard Set(resolved).count == resolved.count else {
      throw ONNXError(.malformedFile, "axes \(axes) name one axis twice")
    }
    return resolved.sorted()
  }

  /// Throws when an expression has failed; to be called before its shape is relied upon.
  func checked(_ value: Value) throws(ONNXError) -> Value {
    if let failure = builder.failure {
      throw ONNXError(.malformedFile, failure.description)
    }
    return value
  }

  /// Throws when an output that cannot be provided is used.
  func requireOnlyOutput(_ meaning: String) throws(ONNXError) {
    guard !isOutputUsed.dropFirst().contains(true) else {
      throw ONNXError(.outOfScope, "\(meaning) is used, but not supported")
    }
  }

  /// A constant with one number per channel, shaped to broadcast against a value.
  func perChannel(_ values: Value, rank: Int) -> Value {
    values.reshaped(
      to: Shape([1, values.shape.elementCount] + Array(repeating: 1, count: rank - 2)))
  }
}
