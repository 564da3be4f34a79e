extension Settings {
  /// The settings that are not the standard ones, in the order of the parameters.
  package func changes(
    of parameters: [any ParameterDescription]
  ) -> [(name: String, value: String)] {
    let texts = texts
    return parameters.compactMap { parameter in
      guard let text = texts[parameter.name], text != parameter.standardText else { return nil }
      return (parameter.name, text)
    }
  }
}
