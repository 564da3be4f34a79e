import Dispatch
import Foundation

/// Catches Ctrl-C, so that work can be ended in order.
final class Interrupt {
  private let source: any DispatchSourceSignal

  /// Calls `action` at Ctrl-C instead of ending the program.
  private init(_ action: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler(handler: action)
    source.resume()
  }

  /// Waits for work, which Ctrl-C cancels.
  static func value<Result: Sendable>(of work: Task<Result, any Error>) async throws -> Result {
    let interrupt = Interrupt { work.cancel() }
    defer { interrupt.end() }
    return try await work.value
  }

  /// Lets Ctrl-C end the program again.
  private func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
