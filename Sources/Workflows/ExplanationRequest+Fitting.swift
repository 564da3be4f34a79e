package import Explanations

extension ExplanationRequest {
  /// The request with the methods that fit a network, if others are to be left out.
  ///
  /// - Parameters:
  ///   - network: The network, as read.
  ///   - usualLayers: The layers when none are named.
  ///   - reporter: Told which methods are left out and why, a line each.
  /// - Returns: A request; the same where nothing is to be left out.
  /// - Throws: Why the first method does not fit, when none does.
  package func fitted(
    to network: Model, usualLayers: [String] = [], _ reporter: WorkflowReporter
  ) throws -> ExplanationRequest {
    guard leavesOutUnsuitable else { return methods.isEmpty ? try choosing(for: network) : self }
    var result = self
    result.methods = []
    var first: (any Error)?
    for chosen in methods {
      var alone = self
      alone.methods = [chosen]
      do {
        try alone.plan(for: network, usualLayers: usualLayers).checkFit(for: network)
        result.methods.append(chosen)
      } catch {
        first = first ?? error
        reporter.note("left out: \(chosen.method.id): \(error)")
      }
    }
    if let first, result.methods.isEmpty { throw first }
    return result
  }
}
