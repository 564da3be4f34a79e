import GraphIR
import Operations
import TensorCore

extension OperationCatalog {
  /// Steps in which everything meets, with one and two sequences, both ways.
  static let recurrences: [OperationSample] = {
    let weights = Tensor(shape: [3, 2], elements: [0.4, -0.3, 0.8, 0.6, -0.5, 0.7])
    let mixing = Tensor(shape: [2, 2], elements: [0.9, -0.4, 0.5, 0.3])
    let simple = try? RecurrentStep("simple", state: [2, 2], elements: [[2, 3]]) {
      state, elements in
      let builder = state.builder
      return
        (elements[0].product(builder.constant(weights)) + state.product(builder.constant(mixing)))
        .applying(.tanh)
    }
    let gated = try? RecurrentStep("gated", state: [2, 2], elements: [[2, 3], [2, 1]]) {
      state, elements in
      let candidate = elements[0].product(state.builder.constant(weights)).applying(.tanh)
      let mixed = state.product(state.builder.constant(mixing))
      let gate = (elements[1] * candidate + mixed).logistic
      return gate * candidate + (1 - gate) * mixed
    }
    let one = simple.map { step in
      [false, true].map {
        OperationSample(Recurrence(step, isReversed: $0), shapes: [[2, 2], [4, 2, 3]])
      }
    }
    let two = gated.map { step in
      [false, true].map {
        OperationSample(
          Recurrence(step, isReversed: $0), shapes: [[2, 2], [3, 2, 3], [3, 2, 1]])
      }
    }
    return (one ?? []) + (two ?? [])
  }()
}
