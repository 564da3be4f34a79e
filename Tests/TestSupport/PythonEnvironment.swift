package import Foundation
package import Testing

/// A Python with ONNX Runtime, set up on demand in `.build/python`.
package enum PythonEnvironment {
  /// The interpreter; nil without Python or a package index, or with `VITRINE_SKIP_PYTHON` set.
  ///
  /// The first use makes the environment; others wait for it.
  package static let interpreter: URL? = {
    guard ProcessInfo.processInfo.environment["VITRINE_SKIP_PYTHON"] == nil else { return nil }
    let folder = SharedData.packageRoot.appending(path: ".build/python")
    let interpreter = folder.appending(path: "bin/python")
    let marker = folder.appending(path: "ready")
    if FileManager.default.fileExists(atPath: marker.path(percentEncoded: false)) {
      return interpreter
    }
    let path = folder.path(percentEncoded: false)
    let install = ["-m", "pip", "install", "--quiet", "onnxruntime", "onnx", "numpy"]
    guard
      succeeds(URL(filePath: "/usr/bin/env"), ["python3", "-m", "venv", "--clear", path]),
      succeeds(interpreter, install)
    else { return nil }
    _ = FileManager.default.createFile(atPath: marker.path(percentEncoded: false), contents: nil)
    return interpreter
  }()

  /// Runs a script of the folder `Scripts`.
  ///
  /// - Returns: Whether it succeeded; what it prints goes to the log.
  /// - Throws: `CocoaError` when there is no interpreter.
  package static func run(_ script: String, _ arguments: [String]) throws -> Bool {
    guard let interpreter else { throw CocoaError(.fileNoSuchFile) }
    let path = SharedData.packageRoot.appending(path: "Scripts/" + script)
    return succeeds(interpreter, [path.path(percentEncoded: false)] + arguments)
  }

  private static func succeeds(_ program: URL, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    do {
      try process.run()
    } catch {
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, saying so, when Python or its packages cannot be had.
  package static var needsPython: Self {
    .enabled(
      if: PythonEnvironment.interpreter != nil,
      "needs Python 3 with pip and a package index; VITRINE_SKIP_PYTHON skips it on purpose")
  }
}
