import Foundation
import TestSupport
import Testing

@testable import Workflows

/// Files that are replaced as a whole.
struct ReplacedFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a file is replaced by the whole of another, readable as any file`() throws {
    let path = folder.path("map.json")
    try Data("long before".utf8).replaceFile(at: path)
    try Data("after".utf8).replaceFile(at: path)
    #expect(FileManager.default.contents(atPath: path) == Data("after".utf8))
    let plain = folder.path("plain")
    try Data().write(to: URL(fileURLWithPath: plain))
    let permissions = try [path, plain].map {
      try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
    }
    #expect(permissions[0] == permissions[1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).count == 2)
  }

  @Test func `nothing is left behind where a file cannot be`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("full/inner"), withIntermediateDirectories: true)
    #expect(throws: (any Error).self) { try Data([1]).replaceFile(at: folder.path("full")) }
    #expect(throws: (any Error).self) { try Data([1]).replaceFile(at: folder.path("gone/map")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["full"])
  }
}
