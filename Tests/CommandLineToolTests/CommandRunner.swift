import Foundation
import TestSupport

/// Runs the built command as a user would.
enum CommandRunner {
  /// What a run left behind.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String

    /// The lines of errors.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// Runs `vitrine` with arguments and waits for it.
  static func run(_ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    let failed = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: written, as: UTF8.self),
      errors: String(decoding: failed, as: UTF8.self))
  }

  /// The command beside the tests, else in the usual folder.
  private static var executable: URL {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "vitrine")
    let exists = FileManager.default.fileExists(atPath: beside.path(percentEncoded: false))
    return exists ? beside : SharedData.packageRoot.appending(path: ".build/debug/vitrine")
  }
}
