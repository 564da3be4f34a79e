import GraphIR
import Operations
import TensorCore

extension Unary: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .passThrough(input: 0) }
}

extension Select: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    let branches = site.computed.filter { $0 > 0 }
    if !site.isComputed[0], branches.count == 1 { return .passThrough(input: branches[0]) }
    return branches.isEmpty ? .blocked : .winner()
  }
}

extension Binary: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    let computed = site.computed
    switch function {
    case .less, .lessOrEqual, .equal: return .blocked
    case _ where computed.count == 1: return .passThrough(input: computed[0])
    case .add: return centering(site, sign: -1) ?? .split([(0, 1), (1, 1)])
    case .subtract: return centering(site, sign: 1) ?? .split([(0, 1), (1, -1)])
    case .multiply: return .gate(values: valueSides(site))
    case .divide, .power: return .gate(values: [0])
    case .maximum, .minimum: return .winner()
    }
  }

  /// A value minus its mean, which `sign` times the other side is.
  private func centering(_ site: RelevanceSite, sign: Float) -> RelevanceRole? {
    let sides = sign > 0 ? [0] : [0, 1]
    let value = sides.first { site.inputs[1 - $0].isMean(of: site.inputs[$0], sign: sign) }
    return value.map { .centering(sign: sign, value: $0) }
  }

  /// The side that is not a gate: a gate is repeated over the other side, or lies in 0…1.
  private func valueSides(_ site: RelevanceSite) -> [Int] {
    for (gate, value) in [(0, 1), (1, 0)] where site.inputs[gate].isRepeated(over: site.output) {
      return [value]
    }
    let gates = [0, 1].filter { site.inputs[$0].isShare }
    return gates.count == 1 ? [1 - gates[0]] : [0, 1]
  }
}
