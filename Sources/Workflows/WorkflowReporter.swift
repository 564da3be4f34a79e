/// Where a workflow tells what happens while it runs; it prints nothing itself.
public struct WorkflowReporter: Sendable {
  /// Called with what was assumed or chosen, one sentence each.
  public var note: @Sendable (String) -> Void

  /// Called with what makes a result doubtful, one sentence each.
  public var warning: @Sendable (String) -> Void

  /// Called for every input that cannot be used; the others go on.
  public var failure: @Sendable (InputFailure) -> Void

  /// Called with the inputs done, parts of them included, and, where known, the inputs there are.
  public var progress: @Sendable (_ done: Double, _ total: Int?) -> Void

  /// Called with a few words on how far an input is that takes many steps, such as its loss so far.
  public var detail: @Sendable (String) -> Void

  /// Creates a reporter that drops what it is not given a function for.
  ///
  /// - Parameters:
  ///   - note: Called with what was assumed or chosen.
  ///   - warning: Called with what makes a result doubtful.
  ///   - failure: Called for every input that cannot be used.
  ///   - progress: Called with the inputs done and the inputs that there are.
  ///   - detail: Called with a few words on how far an input is that takes many steps.
  public init(
    note: @escaping @Sendable (String) -> Void = { _ in },
    warning: @escaping @Sendable (String) -> Void = { _ in },
    failure: @escaping @Sendable (InputFailure) -> Void = { _ in },
    progress: @escaping @Sendable (_ done: Double, _ total: Int?) -> Void = { _, _ in },
    detail: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.note = note
    self.warning = warning
    self.failure = failure
    self.progress = progress
    self.detail = detail
  }
}

/// An input that could not be used, and why.
public struct InputFailure: Hashable, Sendable, Codable {
  /// The file.
  public let path: String

  /// What is wrong and how to mend it; names the file.
  public let message: String

  package init(_ path: String, _ error: any Error) {
    self.path = path
    let text = "\(error)"
    message = text.contains(path) ? text : "\(path): \(text)"
  }
}
