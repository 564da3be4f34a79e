extension Graph: CustomStringConvertible {
  /// One line per node: `%3 = convolution(%0, %1) stride 2×2 : [1×64×112×112] "conv1"`.
  public var description: String {
    var lines = nodes.indices.map(line)
    lines.append(
      "return " + outputs.map { "\($0.name) = %\($0.value.index)" }.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  private func line(_ index: Int) -> String {
    let node = nodes[index]
    let arguments = node.inputs.map { "%\($0.index)" }.joined(separator: ", ")
    let settings = node.operation.settings
    return "%\(index) = \(type(of: node.operation).name)(\(arguments))"
      + (settings.isEmpty ? "" : " \(settings)")
      + " : \(node.shape)"
      + (node.name.map { " \"\($0)\"" } ?? "")
  }
}
