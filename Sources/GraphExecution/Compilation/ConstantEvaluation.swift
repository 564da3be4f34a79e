import GraphIR
import TensorCore

/// Computes values that depend on constants only, once, when a program is compiled.
enum ConstantEvaluation {
  /// The value in row-major order.
  static func memory(of value: ValueID, in graph: Graph, engine: Engine) throws(ExecutionError)
    -> Memory
  {
    if let constant = graph[value].operation as? Constant {
      let memory = try Memory(allocating: .plain(constant.tensor.shape), engine: engine)
      memory.write(constant.tensor.elements)
      return memory
    }
    let part = try extract(value, from: graph)
    let draft = ProgramDraft(
      graph: part, engine: engine, options: ProgramOptions(), foldsConstants: false)
    let compiled = try CompiledSteps(draft, in: SharedArena.none)
    try compiled.run(engine)
    return try compiled.outputs[0].memory.copied(engine: engine)
  }

  /// The graph of what a value needs.
  private static func extract(_ value: ValueID, from graph: Graph) throws(ExecutionError) -> Graph {
    var part = Graph()
    var copies: [ValueID: ValueID] = [:]
    for (index, isNeeded) in graph.ancestors(of: [value]).enumerated() where isNeeded {
      let id = ValueID(index)
      do {
        let inputs = graph[id].inputs.compactMap { copies[$0] }
        copies[id] = try part.append(graph[id].operation, inputs)
      } catch {
        throw ExecutionError(.invalidArguments, error.description)
      }
    }
    if let result = copies[value] { part.outputs = [GraphOutput(name: "value", value: result)] }
    return part
  }
}
