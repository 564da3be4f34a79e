import Foundation
import TestSupport
import Testing

@testable import TensorCore

struct NPZArchiveTests {
  private let arrays: [(String, Tensor)] = {
    var generator = SeededGenerator(seed: 2)
    return [
      ("weights", .random([3, 4, 5], using: &generator)),
      ("β/größe", .random([7], using: &generator)),
      ("score", Tensor(0.5)), ("nothing", Tensor(shape: [0, 3], elements: [])),
    ]
  }()

  @Test func `reads what it writes, through a file`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "arrays.npz")
    try NPZArchive.write([("old", Tensor(1))], to: url)
    try NPZArchive.write(arrays, to: url)
    let archive = try NPZArchive(contentsOf: url)
    #expect(archive.names == arrays.map(\.0))
    for (name, tensor) in arrays { #expect(try archive[name] == tensor) }
    // Nothing temporary is left.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()) == ["arrays.npz"])
  }

  @Test func `the checksum is that of the standard`() {
    let bytes = Array("0123456789".utf8)
    #expect(Zlib.checksum(bytes, 1..<10) == 0xCBF4_3926)
    #expect(Zlib.checksum(bytes, 0..<0) == 0)
  }

  @Test func `a changed byte does not pass unnoticed`() throws {
    let bytes = try NPZArchive.bytes(of: arrays)
    var changed = bytes
    let place = try #require(bytes.firstRange(of: Array("NUMPY".utf8)))
    changed[place.upperBound + 130] ^= 1
    let error = #expect(throws: TensorError.self) { try NPZArchive(changed)["weights"] }
    #expect(error?.code == .malformedFile)
    #expect(error?.description.contains("checksum") == true)
  }

  @Test func `an unknown name lists the known ones`() throws {
    let archive = try NPZArchive(NPZArchive.bytes(of: arrays))
    let error = #expect(throws: TensorError.self) { try archive["weight"] }
    #expect(error?.code == .unknownName)
    #expect(error?.description.contains("weights, β/größe") == true)
  }

  @Test func `names must differ`() {
    let error = #expect(throws: TensorError.self) {
      try NPZArchive.bytes(of: [("a", Tensor(1)), ("a", Tensor(2))])
    }
    #expect(error?.code == .unwritable)
  }

  @Test func `every prefix of an archive is refused`() throws {
    let bytes = try NPZArchive.bytes(of: arrays)
    for count in 0..<bytes.count {
      #expect(throws: TensorError.self) { try NPZArchive(Array(bytes.prefix(count))) }
    }
  }

  @Test func `mutated archives are read or refused, never worse`() throws {
    let original = try NPZArchive.bytes(of: arrays)
    var generator = SeededGenerator(seed: 3)
    var refusalCount = 0
    for _ in 0..<500 {
      let mutant = mutated(original, using: &generator)
      do {
        let archive = try NPZArchive(mutant)
        for name in archive.names { _ = try archive[name] }
      } catch {
        #expect([.malformedFile, .unsupportedFile].contains(error.code))
        refusalCount += 1
      }
    }
    #expect(refusalCount > 400)
  }

  @Test func `mutated arrays are read or refused, never worse`() throws {
    let original = NPYFile.bytes(of: arrays[0].1)
    var generator = SeededGenerator(seed: 4)
    var refusalCount = 0
    for _ in 0..<500 {
      // The header only: any payload is a valid one.
      let mutant =
        mutated(Array(original.prefix(128)), using: &generator) + original.dropFirst(128)
      do {
        _ = try NPYFile(mutant).tensor
      } catch {
        #expect([.malformedFile, .unsupportedFile].contains(error.code))
        refusalCount += 1
      }
    }
    #expect(refusalCount > 100)
  }

  private func mutated(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0..<4, using: &generator) {
      let place = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = [0, 0xFF, 0x7F, 0x39].randomElement(using: &generator) ?? 0
      case 2: bytes.remove(at: place)
      default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      }
    }
    return bytes
  }

  @Test(.needsShared("reference/model-cifar10-lenet.npz"))
  func `reads archives that NumPy wrote`() throws {
    let url = try #require(SharedData.folder("reference/model-cifar10-lenet.npz"))
    let archive = try NPZArchive(contentsOf: url)
    #expect(!archive.names.isEmpty)
    for name in archive.names { #expect(try archive[name].shape == archive.file(name).shape) }
  }
}
