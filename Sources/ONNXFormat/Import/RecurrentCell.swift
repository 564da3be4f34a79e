import GraphIR
import Operations
import TensorCore

/// What one direction of a recurrent layer repeats at every step.
struct RecurrentCell {
  /// How many numbers the hidden state of a sample has.
  let width: Int

  /// The recurrent weights `[gates · width, width]`.
  let weights: Tensor

  /// The recurrent bias `[gates · width]`.
  let bias: Tensor

  /// The weights `[3 · width]` of input, output and forget gate for the cell; nil without.
  let peephole: Tensor?

  /// The functions, in the order of the operator.
  let functions: [RecurrentFunction]

  /// What gates are limited to before their functions, up and down; nil without.
  let limit: Float?

  /// An attribute of the operator: LSTM `input_forget`, GRU `linear_before_reset`.
  let isVariant: Bool

  private func limited(_ value: Value) -> Value {
    limit.map { value.applying(.clip(lower: -$0, upper: $0)) } ?? value
  }

  /// The block of a gate along the last axis.
  private func gate(_ index: Int, of value: Value) -> Value {
    value.sliced(value.shape.rank - 1, start: index * width, count: width)
  }

  private func product(_ state: Value, gates: Range<Int>) -> Value {
    let part = state.builder.constant(weights)
      .sliced(0, start: gates.lowerBound * width, count: gates.count * width)
    return state.product(part, transposesRight: true)
  }

  private func bias(_ gates: Range<Int>, _ builder: GraphBuilder) -> Value {
    builder.constant(bias)
      .sliced(0, start: gates.lowerBound * width, count: gates.count * width)
  }

  /// The next state `f(x + R h + b)`.
  func simple(_ state: Value, _ input: Value) -> Value {
    functions[0](limited(input + product(state, gates: 0..<1) + bias(0..<1, state.builder)))
  }

  /// A long short-term memory; gates are input, output, forget, cell, and the state is the hidden one
  /// joined with the cell.
  func longShortTerm(_ state: Value, _ input: Value) -> Value {
    let (hidden, cell) = (gate(0, of: state), gate(1, of: state))
    let gates = input + product(hidden, gates: 0..<4) + bias(0..<4, state.builder)
    func sum(_ index: Int, _ cell: Value) -> Value {
      guard let peephole, index < 3 else { return limited(gate(index, of: gates)) }
      let weights = gate(index, of: state.builder.constant(peephole))
      return limited(gate(index, of: gates) + weights * cell)
    }
    let taken = functions[0](sum(0, cell))
    let kept = isVariant ? 1 - taken : functions[0](sum(2, cell))
    let next = kept * cell + taken * functions[1](sum(3, cell))
    let shown = functions[0](sum(1, next)) * functions[2](next)
    return .concatenated([shown, next], axis: 1)
  }

  /// A gated recurrent unit; gates are update, reset, hidden.
  func gated(_ state: Value, _ input: Value) -> Value {
    let builder = state.builder
    let both = functions[0](
      limited(
        input.sliced(1, start: 0, count: 2 * width) + product(state, gates: 0..<2)
          + bias(0..<2, builder)))
    let (update, reset) = (gate(0, of: both), gate(1, of: both))
    let recurrent =
      isVariant
      ? reset * (product(state, gates: 2..<3) + bias(2..<3, builder))
      : product(reset * state, gates: 2..<3) + bias(2..<3, builder)
    let candidate = functions[1](limited(gate(2, of: input) + recurrent))
    return (1 - update) * candidate + update * state
  }
}
