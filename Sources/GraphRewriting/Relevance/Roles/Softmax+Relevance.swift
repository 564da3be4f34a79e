import Operations

extension Softmax: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .softmax(axis: axis) }
}
