import Catalogs
import Explanations

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

  /// What is explained where nothing is named: the class with the highest score, and against the
  /// others where methods divide a difference from a baseline of a spectrum.
  func usualTarget(for network: Model) throws -> Target {
    guard methods.allSatisfy(\.comparesInputs), network.takesSpectra,
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

extension Model {
  /// Whether its only input is a spectrum.
  var takesSpectra: Bool { inputs.count == 1 && InputKind(inputs[0]) == .spectrum }
}
