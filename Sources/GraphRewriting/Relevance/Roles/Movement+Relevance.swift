import GraphIR
import Operations

extension RelevantOperation where Self: Movement {
  /// Relevance goes where the numbers came from.
  func role(at site: RelevanceSite) -> RelevanceRole? { .move }
}

extension Reshape: RelevantOperation {}
extension Transpose: RelevantOperation {}
extension Slice: RelevantOperation {}
extension Pad: RelevantOperation {}
extension Concatenate: RelevantOperation {}
extension Broadcast: RelevantOperation {}
extension Gather: RelevantOperation {}
extension ScatterSum: RelevantOperation {}
extension Resize: RelevantOperation {}
