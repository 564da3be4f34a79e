public import Explanations
import Foundation
import GraphExecution
public import TensorCore

/// Which network is used, and what the caller knows about it.
public struct ModelSettings: Sendable {
  /// The ONNX file.
  public var path: String

  /// What is taken over the model's own information.
  public var overrides: ModelInformation

  /// The shape of one input, `[channels, positions…]`, where the file leaves it open.
  public var inputShape: Shape?

  /// Which output is explained, and what its numbers are.
  public var output: OutputSettings

  /// The threads of kernels; nil for as many as there are processors.
  public var threadCount: Int?

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - path: The ONNX file.
  ///   - overrides: What is taken over the model's own information.
  ///   - inputShape: The shape of one input, where the file leaves it open.
  ///   - output: Which output is explained, and what its numbers are.
  ///   - threadCount: The threads of kernels.
  public init(
    path: String, overrides: ModelInformation = ModelInformation(), inputShape: Shape? = nil,
    output: OutputSettings = OutputSettings(), threadCount: Int? = nil
  ) {
    self.path = path
    self.overrides = overrides
    self.inputShape = inputShape
    self.output = output
    self.threadCount = threadCount
  }

  /// More threads than this only get in each other's way, or cannot be started.
  public static var greatestThreadCount: Int {
    max(64, 2 * ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Reads the network.
  func load() throws -> Model {
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
      contentsOf: URL(fileURLWithPath: path), overrides: overrides, inputShape: inputShape,
      output: output)
  }
}
