import GraphExecution
import GraphIR
import TensorCore

/// What a program for changed activations is compiled for.
struct ExplainedTail: Hashable {
  let form: FormedScores
  /// The shape of the factors of one change.
  let factors: Shape
}

/// What is explained of changed activations.
struct TailTarget {
  let form: FormedScores
  /// How much each score counts, `[1, classes, positions…]`.
  let weights: Tensor
}

extension NetworkTail {
  /// The explained values of one sample whose activation is multiplied by factors.
  ///
  /// - Parameters:
  ///   - factors: What it is multiplied by.
  ///   - activation: What the layer makes of the sample.
  ///   - target: What is explained.
  ///   - progress: Called with the share that is done.
  /// - Returns: One for each change.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func explained(
    _ factors: ActivationFactors, at activation: LayerActivation, _ target: TailTarget,
    progress: (Double) -> Void
  ) throws -> [Float] {
    guard factors.count > 0 else { return [] }
    let size = size(for: factors.count)
    var others = try others(activation.inputs, size: size)
    others["target"] = target.weights
    others[CutNetwork.activationLabel] = Tensor.stack([activation.values])
    let program = program(ExplainedTail(form: target.form, factors: factors.shape))
    var explained: [Float] = []
    explained.reserveCapacity(factors.count)
    for part in (0..<factors.count).parts(of: size) {
      let rows = part.map { index in
        [CutNetwork.factorsLabel: Tensor(shape: factors.shape, elements: factors.row(index))]
      }
      explained += try program.run(rows, size: size, others) { outputs, handle, index in
        outputs[handle].elements[index]
      }
      progress(Double(part.upperBound) / Double(factors.count))
    }
    return explained
  }

  private func program(_ kind: ExplainedTail) -> NetworkProgram<OutputHandle> {
    explaining.program(kind) {
      NetworkProgram(options: options, lane: lane) { [model, layer, input] samples in
        try CutNetwork(model, at: layer, over: input, samples: samples)
          .explained(kind.form, model.activation, factors: kind.factors)
      }
    }
  }
}
