import ArgumentParser
import Foundation

/// Writes what went wrong as one line and ends the process.
enum ErrorLine {
  /// Ends the process as an error asks for: help and version succeed, the rest fails.
  static func exit(_ error: any Error) -> Never {
    if error is CancellationError {
      write("stopped")
      Foundation.exit(1)
    }
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    let code = VitrineCommand.exitCode(for: error)
    guard code != .success else { VitrineCommand.exit(withError: error) }
    guard code == .validationFailure else {
      write("\(error)")
      Foundation.exit(1)
    }
    write(VitrineCommand.message(for: error) + " (\"vitrine --help\" tells more)")
    Foundation.exit(code.rawValue)
  }

  /// Writes one line.
  static func write(_ text: String) {
    let line = text.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    StandardError.write("vitrine: error: \(line)\n")
  }
}

/// The stream for people, beside results.
enum StandardError {
  /// Whether somebody watches.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes text as it is; a closed stream is no failure.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
