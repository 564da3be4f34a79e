import GraphIR
import Operations

extension Recurrence: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .recurrence(self) }
}
