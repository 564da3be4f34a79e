import GraphIR
import Operations

extension Reshape: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Transpose: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Slice: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Pad: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Concatenate: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Broadcast: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Gather: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension ScatterSum: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Resize: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}
