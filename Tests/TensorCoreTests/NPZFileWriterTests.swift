import Foundation
import TestSupport
import Testing

@testable import TensorCore

/// Archives that are written array by array.
struct NPZFileWriterTests {
  private let folder: TemporaryFolder
  private let rows: [[Float]] = (0..<7).map { row in (0..<5).map { Float(10 * row + $0) / 3 } }

  init() throws { folder = try TemporaryFolder() }

  private func written(limit: Int? = nil) throws -> [UInt8] {
    let path = try folder.write("", to: "a.npz")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var writer = limit.map { NPZFileWriter(file, limit: $0) } ?? NPZFileWriter(file)
    try writer.append("rows", shape: [7, 5]) { take in
      for row in rows { try take([UInt8](littleEndian: row)) }
    }
    try writer.append("names", .texts(["a", "bé"]))
    try writer.append("axis", .doubles([1, 2.5]))
    try writer.finish()
    try file.close()
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func `row by row gives the bytes of the whole archive`() throws {
    let whole = try NPZArchive.bytes(of: [
      ("rows", .tensor(Tensor(shape: [7, 5], elements: rows.flatMap(\.self)))),
      ("names", .texts(["a", "bé"])), ("axis", .doubles([1, 2.5])),
    ])
    #expect(try written() == whole)
  }

  /// With long numbers for the second member on, for all members, and for the offset only.
  @Test(arguments: [1, 150, 300, 500]) func `long numbers are read back`(limit: Int) throws {
    let bytes = try written(limit: limit)
    #expect(bytes != (try written()))
    let archive = try NPZArchive(bytes)
    #expect(archive.names == ["rows", "names", "axis"])
    #expect(try archive["rows"].elements == rows.flatMap(\.self))
    #expect(try archive.file("names").texts == ["a", "bé"])
    #expect(try archive.file("axis").doubles == [1, 2.5])
    // Without the numbers the archive is damaged, not read wrongly.
    var cut = bytes
    cut.removeSubrange(bytes.count - 42..<bytes.count - 22)
    #expect(throws: TensorError.self) { try NPZArchive(cut) }
  }

  @Test func `names differ and counts fit`() throws {
    let path = try folder.write("", to: "b.npz")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var writer = NPZFileWriter(file)
    try writer.append("x", .doubles([1]))
    #expect(throws: TensorError.self) { try writer.append("x", .doubles([2])) }
    #expect(throws: TensorError.self) {
      try writer.append("y", shape: [2, 2]) { take in try take([0, 0, 0, 0]) }
    }
  }
}
