import Explanations

/// What stands for the inputs of a network on a command line: `name=file` or `name=numbers` for some
/// of them, and files for the one that is left.
struct InputArguments {
  /// What inputs are given, by their names.
  private(set) var assigned: [String: String] = [:]

  /// Files and folders of the input that is not named.
  private(set) var paths: [String] = []

  /// Sorts arguments.
  ///
  /// - Throws: `WorkflowError` naming an input that there is not, or that is given twice.
  init(_ arguments: [String], _ model: Model) throws(WorkflowError) {
    let names = Set(model.inputs.map(\.name))
    for argument in arguments {
      let split = argument.firstIndex(of: "=")
      let name = split.map { String(argument[..<$0]) }
      guard let split, let name, names.contains(name) || PathKind(argument) == nil else {
        paths.append(argument)
        continue
      }
      guard names.contains(name) else {
        throw WorkflowError(
          .unsuitableInput,
          "\(argument): there is no input \"\(name)\"; the network takes \(model.inputs.summary)")
      }
      let value = String(argument[argument.index(after: split)...])
      guard assigned.updateValue(value, forKey: name) == nil else {
        throw WorkflowError(
          .unsuitableInput, "input \(name) is given twice; a table of samples (--table) holds many")
      }
    }
  }

  /// The inputs that nothing is given for, states that zeros are taken for left out.
  func missing(_ model: Model) -> [NetworkInput] {
    model.inputs.filter { assigned[$0.name] == nil && !$0.isState }
  }

  /// The states that nothing is given for.
  func freshStates(_ model: Model) -> [NetworkInput] {
    model.inputs.filter { assigned[$0.name] == nil && $0.isState }
  }
}
