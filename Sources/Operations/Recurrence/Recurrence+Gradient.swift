public import GraphIR
import TensorCore

extension Recurrence: DifferentiableOperation {
  /// A recurrence the other way: its state is the gradient of the state before, joined with those of
  /// the elements (back-propagation through time; Werbos 1990).
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let none = [Value?](repeating: nil, count: site.inputs.count)
    guard site.isNeeded.contains(true) else { return none }
    do throws(GraphError) {
      return try passedBack(at: site, "gradient") { (next, arriving, targets) throws(GraphError) in
        let gradients = try next.builder.arrivingGradients(
          of: [(next.id, arriving)], at: targets.map(\.id))
        return targets.map { gradients[$0.id] }
      }
    } catch {
      site.output.builder.fail(error)
      return none
    }
  }
}
