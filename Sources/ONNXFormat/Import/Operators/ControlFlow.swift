import ONNXSchema
import TensorCore

extension ImportFamily {
  /// Operators with bodies, whose course is known when the model is read.
  static let controlFlow = ImportFamily(
    "ControlFlow",
    [
      ImportEntry("If", "the branch that a known condition chooses") { (site) throws(ONNXError) in
        guard let condition = try site.number(0, "the condition") else {
          throw ONNXError(.malformedFile, "the condition is missing")
        }
        let branch = try site.bodyGraph(condition != 0 ? "then_branch" : "else_branch")
        return try site.body.outputs(of: branch, [])
      },
      ImportEntry("Loop", "its body as often as is known", loop),
      ImportEntry(
        "Scan", opsets: 9...ImportCatalog.opsets.upperBound, "its body for every element", scan),
    ])

  /// How often a body may be repeated.
  private static let maximumTripCount = 4096

  private static func loop(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let body = try site.bodyGraph("body")
    let limit = try site.number(0, "the trip count").map { Int($0) } ?? .max
    var goesOn = site.optional(1) ?? .known(HostTensor(shape: [], integers: [1], type: .bool))
    var carried = try site.inputs.dropFirst(2).map { (input) throws(ONNXError) in
      guard let input else { throw ONNXError(.malformedFile, "an input is missing") }
      return input
    }
    var rows: [[ImportedValue]] = []
    while rows.count < limit {
      guard let condition = goesOn.known else {
        throw ONNXError(.outOfScope, "how often the loop runs depends on the data")
      }
      guard condition.doubles.first != 0 else { break }
      guard rows.count < maximumTripCount else {
        throw ONNXError(.outOfScope, "more than \(maximumTripCount) rounds of a loop")
      }
      let round = ImportedValue.known(HostTensor(shape: [], integers: [rows.count]))
      let results = try site.body.outputs(of: body, [round, goesOn] + carried)
      guard results.count > carried.count else {
        throw ONNXError(.malformedFile, "its body gives only \(results.count) values")
      }
      goesOn = results[0]
      rows.append(Array(results[(1 + carried.count)...]))
      carried = Array(results[1..<(1 + carried.count)])
    }
    return try carried + site.stacked(rows, axes: [])
  }

  private static func scan(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let body = try site.bodyGraph("body")
    let inputs = try site.allInputs()
    let count = try site.attributes.integer("num_scan_inputs", default: 0)
    guard (1...inputs.count).contains(count) else {
      throw ONNXError(.malformedFile, "\(count) of \(inputs.count) inputs are scanned")
    }
    var carried = Array(inputs.dropLast(count))
    let sequences = Array(inputs.suffix(count))
    let directions = try site.attributes.integers("scan_input_directions") ?? []
    let given = try site.attributes.integers("scan_input_axes") ?? []
    let axes = try sequences.indices.map { (index) throws(ONNXError) in
      try site.axis(index < given.count ? given[index] : 0, rank: sequences[index].shape.rank)
    }
    let length = sequences[0].shape[axes[0]]
    guard (1...maximumTripCount).contains(length),
      zip(sequences, axes).allSatisfy({ $0.shape[$1] == length })
    else { throw ONNXError(.outOfScope, "a scan of \(length) elements") }
    var rows: [[ImportedValue]] = []
    for round in 0..<length {
      let elements = try sequences.indices.map { (index) throws(ONNXError) in
        let isReversed = index < directions.count && directions[index] == 1
        let place = isReversed ? length - 1 - round : round
        return try site.element(sequences[index], place, along: axes[index])
      }
      let results = try site.body.outputs(of: body, carried + elements)
      guard results.count >= carried.count else {
        throw ONNXError(.malformedFile, "its body gives only \(results.count) values")
      }
      rows.append(Array(results[carried.count...]))
      carried = Array(results[..<carried.count])
    }
    return try carried
      + site.stacked(
        rows, axes: site.attributes.integers("scan_output_axes") ?? [],
        directions: site.attributes.integers("scan_output_directions") ?? [])
  }
}

extension ImportSite {
  /// The graph of an attribute.
  fileprivate func bodyGraph(_ name: String) throws(ONNXError) -> Onnx_GraphProto {
    guard let graph = try attributes.graph(name) else {
      throw ONNXError(.malformedFile, "attribute \(name) is missing")
    }
    return graph
  }

  /// One element of an axis, without the axis.
  fileprivate func element(
    _ input: ImportedValue, _ index: Int, along axis: Int
  ) throws(ONNXError) -> ImportedValue {
    var starts = [Int](repeating: 0, count: input.shape.rank)
    starts[axis] = index
    let part = try sliced(
      input, starts: starts, counts: input.shape.replacing(axis, with: 1).extents)
    var extents = input.shape.extents
    extents.remove(at: axis)
    return try reshaped(part, to: Shape(extents))
  }

  /// What each round gave, joined along a new axis for every output.
  fileprivate func stacked(
    _ rows: [[ImportedValue]], axes: [Int], directions: [Int] = []
  ) throws(ONNXError) -> [ImportedValue] {
    guard let first = rows.first else {
      guard isOutputUsed.suffix(from: min(inputs.count - 2, isOutputUsed.count)).contains(true)
      else { return [] }
      throw ONNXError(.outOfScope, "a loop of no rounds has no shape to give")
    }
    return try first.indices.map { (index) throws(ONNXError) in
      let isReversed = index < directions.count && directions[index] == 1
      let axis = try axis(index < axes.count ? axes[index] : 0, rank: first[index].shape.rank + 1)
      let parts = try rows.map { (row) throws(ONNXError) in
        var extents = row[index].shape.extents
        extents.insert(1, at: axis)
        return try reshaped(row[index], to: Shape(extents))
      }
      return try concatenated(isReversed ? parts.reversed() : parts, axis: axis)
    }
  }
}
