public import Explanations
import Foundation
import GraphExecution
import TensorCore

/// Which network is used, and what the caller knows about it.
public struct ModelSettings: Sendable {
  /// The ONNX file.
  public var path: String

  /// What is taken over the model's own information.
  public var overrides: ModelInformation

  /// The shapes of inputs, where the file leaves them open.
  public var inputShapes: InputShapes

  /// Which output is explained, and what its numbers are.
  public var output: OutputSettings

  /// The threads of kernels; nil for as many as there are processors.
  public var threadCount: Int?

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - path: The ONNX file.
  ///   - overrides: What is taken over the model's own information.
  ///   - inputShapes: The shapes of inputs, where the file leaves them open.
  ///   - output: Which output is explained, and what its numbers are.
  ///   - threadCount: The threads of kernels.
  public init(
    path: String, overrides: ModelInformation = ModelInformation(),
    inputShapes: InputShapes = InputShapes(), output: OutputSettings = OutputSettings(),
    threadCount: Int? = nil
  ) {
    self.path = path
    self.overrides = overrides
    self.inputShapes = inputShapes
    self.output = output
    self.threadCount = threadCount
  }

  /// Reads the network for samples, whose arrays say what sizes the file leaves open.
  package func load(for choice: InputChoice) throws -> Model {
    var settings = self
    for argument in choice.arguments where argument.lowercased().hasSuffix(".npy") {
      let split = PathKind(argument) == nil ? argument.firstIndex(of: "=") : nil
      let name = split.map { String(argument[..<$0]) } ?? ""
      let path = split.map { String(argument[argument.index(after: $0)...]) } ?? argument
      guard settings.inputShapes.hints[name] == nil,
        let file = try? NPYFile(contentsOf: URL(fileURLWithPath: path))
      else { continue }
      settings.inputShapes.hints[name] = file.shape
    }
    return try settings.load()
  }

  /// More threads than this only get in each other's way, or cannot be started.
  public static var greatestThreadCount: Int {
    max(64, 2 * ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Reads the network.
  package func load() throws -> Model {
    switch PathKind(path) {
    case nil: throw WorkflowError(.unreadable, "\(path): no such file")
    case .folder?: throw WorkflowError(.unreadable, "\(path): is a folder; name an ONNX file")
    case .file?: break
    }
    if let threadCount {
      let limit = Self.greatestThreadCount
      guard (1...limit).contains(threadCount) else {
        throw WorkflowError(
          .invalidSetting,
          "\(threadCount) threads: give 1…\(limit); this machine has "
            + "\(ProcessInfo.processInfo.activeProcessorCount) processors")
      }
      Program.setThreadCount(threadCount)
    }
    return try Model(
      contentsOf: URL(fileURLWithPath: path), overrides: overrides, inputShapes: inputShapes,
      output: output)
  }
}
