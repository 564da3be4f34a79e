import Dispatch
import Foundation

/// Catches Ctrl-C, so that work can be ended in order.
final class Interrupt {
  private let source: any DispatchSourceSignal

  /// Calls `action` at Ctrl-C instead of ending the program.
  init(_ action: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler(handler: action)
    source.resume()
  }

  /// Lets Ctrl-C end the program again.
  func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
