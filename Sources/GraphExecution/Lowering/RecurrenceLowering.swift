import GraphIR
import Operations
import TensorCore

extension Recurrence: LowerableOperation {
  /// The step is compiled once and run for every element.
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    var reads: [BufferID] = []
    for index in site.node.inputs.indices { reads.append(try site.plainInput(index)) }
    let result = try site.draft.makePlainResult(site.id)
    let engine = site.draft.engine
    let steps = try CompiledSteps(
      ProgramDraft(graph: step.graph, engine: engine, options: site.draft.options),
      in: SharedArena.none)
    let order = order(site.node.shape[0])
    site.draft.add(
      DraftStep(name: "\(Self.name) \(settings)", reads: reads, writes: [result]) { memory in
        let loop = RecurrenceLoop(
          steps: steps, order: order, inputs: reads.map(memory), result: memory(result))
        return { () throws(ExecutionError) in try loop.run(engine) }
      })
  }
}
