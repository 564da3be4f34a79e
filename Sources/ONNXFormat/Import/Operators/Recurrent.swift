extension ImportFamily {
  /// Layers that hand a state from step to step.
  static let recurrent = ImportFamily(
    "Recurrent",
    [
      ImportEntry("LSTM", "a recurrence of each direction; the inputs are projected at once") {
        (site) throws(ONNXError) in
        try RecurrentLayer(site, .longShortTerm).outputs()
      },
      ImportEntry("GRU", "a recurrence of each direction; the inputs are projected at once") {
        (site) throws(ONNXError) in
        try RecurrentLayer(site, .gated).outputs()
      },
      ImportEntry("RNN", "a recurrence of each direction; the inputs are projected at once") {
        (site) throws(ONNXError) in
        try RecurrentLayer(site, .simple).outputs()
      },
    ])
}

extension RecurrentLayer.Kind {
  /// The next state is `f(x + R h + b)`.
  static let simple = RecurrentLayer.Kind(
    title: "RNN", gateCount: 1, stateCount: 1, functions: ["Tanh"], variant: nil,
    next: { $0.simple })

  /// A gated recurrent unit, by Cho and others (2014).
  static let gated = RecurrentLayer.Kind(
    title: "GRU", gateCount: 3, stateCount: 1, functions: ["Sigmoid", "Tanh"],
    variant: "linear_before_reset", next: { $0.gated })

  /// A long short-term memory, by Hochreiter and Schmidhuber (1997).
  static let longShortTerm = RecurrentLayer.Kind(
    title: "LSTM", gateCount: 4, stateCount: 2, functions: ["Sigmoid", "Tanh", "Tanh"],
    variant: "input_forget", next: { $0.longShortTerm })
}
