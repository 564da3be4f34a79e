import Catalogs
package import Explanations

extension ExplanationRequest {
  /// The request with the method that is usual for a network, if none was named.
  ///
  /// That is the one its file names, as a study's does; else integrated gradients for spectra, where
  /// bands must lie where they are, and the first of the catalog for pictures and all else.
  ///
  /// - Parameter network: The network, as read.
  /// - Returns: A request with methods; the same where they are named.
  /// - Throws: `ExplanationError` for settings that the method does not have.
  func choosing(for network: Model) throws -> ExplanationRequest {
    guard choosesMethod else { return self }
    var result = self
    let evidence = network.information.evidence
    var id = MethodCatalog.entries[0].id
    var settings = usualSettings
    if layers.isEmpty, network.takesSpectra { id = ExplanationMethod.integratedGradients.id }
    if layers.isEmpty, let known = evidence?.method.flatMap({ MethodCatalog.entries[$0] }) {
      id = known.id
      settings = (evidence?.settings ?? [:]).merging(usualSettings) { _, own in own }
    }
    result.methods = [try ChosenMethod(id, settings: settings)]
    return result
  }

  /// The request with the method that is usual for a network and others beside it, if none was named.
  ///
  /// - Parameters:
  ///   - network: The network, as read.
  ///   - others: The ids of methods beside the usual one of spectra.
  ///   - standard: The ids of methods for all else.
  /// - Returns: A request with methods; the same where they are named.
  /// - Throws: `ExplanationError` for settings that none of the methods has.
  package func choosing(
    for network: Model, beside others: [String], else standard: [String]
  ) throws -> ExplanationRequest {
    guard choosesMethod else { return self }
    var result = self
    if network.takesSpectra {
      result.usualSettings = [:]
      let own = try result.choosing(for: network).methods
      let ids = own.map(\.method.id)
      result.methods = own + (try others.filter { !ids.contains($0) }.map { try ChosenMethod($0) })
    } else {
      result.methods = try standard.map { try ChosenMethod($0) }
    }
    result.methods = try result.methods.map { try $0.taking(usualSettings) }
    result.leavesOutUnsuitable = true
    let names = result.methods.flatMap { $0.method.parameters.map(\.name) }
    if let unknown = usualSettings.keys.sorted().first(where: { !names.contains($0) }) {
      throw WorkflowError(
        .invalidSetting,
        "--set \(unknown): none of \(result.methods.map(\.method.id).joined(separator: ", ")) has it"
      )
    }
    return result
  }

  /// The request with a method of one pass in the place of the usual one, if that was chosen and
  /// runs the network many times.
  ///
  /// - Parameter reporter: Told about the exchange.
  /// - Returns: A request with methods.
  /// - Throws: `ExplanationError` for settings that the method does not have.
  func inOnePass(_ reporter: WorkflowReporter) throws -> ExplanationRequest {
    guard choosesMethod, case .path? = methods.first?.method.procedure else { return self }
    var result = self
    result.methods = [try ChosenMethod("deep-lift").taking(methods[0].settings.texts)]
    reporter.note(
      "note: \(methods[0].method.id), the network's own evidence, runs the network many times, which is "
        + "no single network; deep-lift is written, which divides the same difference in one pass")
    return result
  }

  /// What is explained where nothing is named: the class with the highest score, and against the
  /// others where methods divide a difference from a baseline of a spectrum, or stand beside the one
  /// that is usual for the network and does.
  func usualTarget(for network: Model) throws -> Target {
    let isUsual = choosesMethod && methods.first?.comparesInputs == true
    guard isUsual || methods.allSatisfy(\.comparesInputs), network.takesSpectra,
      network.output.positions.isEmpty
    else { return .ranked(0) }
    if let text = network.information.evidence?.target,
      let target = try? Target(text, model: network)
    {
      return target
    }
    return network.output.classCount > 1 ? .contrasted(.ranked(0)) : .ranked(0)
  }
}

extension ChosenMethod {
  /// The same with those of some settings that it has.
  fileprivate func taking(_ texts: [String: String]) throws -> ChosenMethod {
    let names = Set(method.parameters.map(\.name))
    let own = texts.filter { names.contains($0.key) }
    return try ChosenMethod(method.id, settings: settings.texts.merging(own) { _, new in new })
  }
}

extension Model {
  /// Whether its only input is a spectrum.
  var takesSpectra: Bool { inputs.count == 1 && InputKind(inputs[0]) == .spectrum }
}
