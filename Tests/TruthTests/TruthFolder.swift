import Foundation
import ImageData

@testable import Truth

/// A folder for the files of one test.
struct TruthFolder {
  private let url: URL

  /// Makes a folder, runs a test in it and removes it.
  static func with<Result>(_ test: (TruthFolder) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try test(TruthFolder(url: url))
  }

  /// Writes a text.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes bytes.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a gray mask.
  @discardableResult
  func writeMask(_ values: [UInt8], width: Int, to name: String) throws -> String {
    let picture = Picture(
      width: width, height: values.count / width, pixels: values.flatMap { [$0, $0, $0] })
    return try write(picture.pngBytes(), to: name)
  }

  /// The path of the folder, or of something in it.
  func path(_ name: String = "") -> String {
    name.isEmpty ? url.path : url.appendingPathComponent(name).path
  }

  /// Reads the truth in a text.
  static func read(_ text: String, as name: String) throws -> GroundTruth {
    try with { try TruthFile.read($0.write(text, to: name)) }
  }

  /// The failure of reading a text.
  static func failure(_ text: String, as name: String) throws -> TruthError? {
    do {
      _ = try read(text, as: name)
      return nil
    } catch let error as TruthError {
      return error
    }
  }
}

extension PicturePlacement {
  /// Pixels are positions.
  static func same(width: Int, height: Int) throws -> PicturePlacement {
    try ImagePreprocessing(width: width, height: height).placement(width: width, height: height)
  }
}

/// Rows of `#` and others as truth values.
func drawn(_ rows: String...) -> [Bool] { rows.joined().map { $0 == "#" } }
