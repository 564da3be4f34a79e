import Foundation
import TestSupport
import Testing

@testable import TensorCore

struct CompressedArchiveTests {
  /// `numpy.savez_compressed` of `X = arange(12).reshape(3, 4) / 4` and `name = ["a", "bµ", ""]`.
  private static let written =
    "UEsDBC0AAAAIAAAAIQD9+7fS//////////8FABQAWC5ucHkBABAAsAAAAAAAAABnAAAAAAAAAJvsF+obEMnIUMZQ"
    + "rZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CiaaOgq1CmQDLgYwaLADEvYM"
    + "DA5A3ADEC4D4ABA/AGIGBwYGASBWAGIDBwBQSwMELQAAAAgAAAAhAKwwKtH//////////wgAFABuYW1lLm5weQEA"
    + "EACYAAAAAAAAAE4AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbhNqpK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4F"
    + "ihdnJBakAvkaxjqaOgq1ChQArkQGCEgC4q0MCAAAUEsBAi0DLQAAAAgAAAAhAP37t9JnAAAAsAAAAAUAAAAAAAAA"
    + "AAAAAIABAAAAAFgubnB5UEsBAi0DLQAAAAgAAAAhAKwwKtFOAAAAmAAAAAgAAAAAAAAAAAAAAIABngAAAG5hbWUu"
    + "bnB5UEsFBgAAAAACAAIAaQAAACYBAAAAAA=="

  private func archive(_ arrays: [(String, Tensor)]) throws -> [UInt8] {
    try NPZArchive.bytes(of: arrays, compression: .deflate)
  }

  /// Writes a number over the field at `offset` in the only entry of a directory.
  private func changing(
    _ bytes: [UInt8], at offset: Int, to number: Int, width: Int
  ) throws -> [UInt8] {
    var bytes = bytes
    let entry = try #require(bytes.lastRange(of: [0x50, 0x4B, 1, 2])).lowerBound
    for byte in 0..<width { bytes[entry + offset + byte] = UInt8(number >> (8 * byte) & 0xFF) }
    return bytes
  }

  private func refusal(_ bytes: [UInt8]) -> TensorError? {
    #expect(throws: TensorError.self) { try NPZArchive(bytes)["a"] }
  }

  @Test func `reads what NumPy compressed`() throws {
    let bytes = try #require(Data(base64Encoded: Self.written))
    let archive = try NPZArchive([UInt8](bytes))
    #expect(archive.names == ["X", "name"])
    #expect(
      try archive["X"] == Tensor(shape: [3, 4], elements: (0..<12).map { Float($0) / 4 }))
    #expect(try archive.file("name").texts == ["a", "bµ", ""])
  }

  @Test func `reads what it compresses, bit for bit and from fewer bytes`() throws {
    var generator = SeededGenerator(seed: 5)
    let arrays: [(String, Tensor)] = [
      ("noise", .random([40, 50], using: &generator)), ("β", Tensor(shape: [9000], repeating: 2)),
      ("score", Tensor(-0.0)), ("nothing", Tensor(shape: [0, 3], elements: [])),
    ]
    let bytes = try archive(arrays)
    let read = try NPZArchive(bytes)
    #expect(read.names == arrays.map(\.0))
    for (name, tensor) in arrays {
      #expect(try read[name].shape == tensor.shape)
      #expect(try read[name].elements.map(\.bitPattern) == tensor.elements.map(\.bitPattern))
    }
    #expect(try bytes.count < NPZArchive.bytes(of: arrays).count - 30_000)
  }

  @Test func `nothing deflates to something that expands to nothing`() throws {
    let bytes = try #require(Zlib.deflated([]))
    #expect(Zlib.expanded(bytes, bytes.indices, count: 0) == [])
    #expect(Zlib.expanded([], 0..<0, count: 0) == nil)
  }

  @Test(arguments: [-1, 1, 1000])
  func `a size that the bytes do not have is refused`(difference: Int) throws {
    let bytes = try archive([("a", Tensor(shape: [500], repeating: 1))])
    let size = NPYFile.bytes(of: Tensor(shape: [500], repeating: 1)).count
    #expect(try NPZArchive(changing(bytes, at: 24, to: size, width: 4))["a"].elements.count == 500)
    let error = refusal(try changing(bytes, at: 24, to: size + difference, width: 4))
    #expect(error?.code == .malformedFile)
    #expect(error?.description.contains("a: the compressed bytes") == true)
  }

  @Test func `no memory is taken for more than compressed bytes can stand for`() throws {
    let bytes = try archive([("a", Tensor(shape: [500], repeating: 1))])
    let error = refusal(try changing(bytes, at: 24, to: 3_000_000_000, width: 4))
    #expect(error?.code == .malformedFile)
    #expect(error?.description.contains("cannot stand for 3000000000") == true)
  }

  @Test func `many members over the same bytes do not pass the limit of one archive`() throws {
    let size = 4 * 2_000_000 + 128
    var writer = ZIPWriter()
    try writer.append(
      NPYFile.bytes(of: Tensor(shape: [2_000_000], repeating: 0)), name: "0.npy", .deflate)
    var bytes = writer.finished()
    let end = try #require(bytes.lastRange(of: [0x50, 0x4B, 5, 6])).lowerBound
    let entry = try #require(bytes.lastRange(of: [0x50, 0x4B, 1, 2])).lowerBound
    let record = Array(bytes[entry..<end])
    let count = 0xFFFF_FFFF / size + 1
    bytes.insert(
      contentsOf: repeatElement(record, count: count - 1).flatMap(\.self), at: end)
    let newEnd = end + (count - 1) * record.count
    bytes[newEnd + 10] = UInt8(count & 0xFF)
    bytes[newEnd + 11] = UInt8(count >> 8)
    let error = refusal(bytes)
    #expect(error?.code == .unsupportedFile)
    #expect(error?.description.contains("4 GB") == true)
  }

  @Test func `bytes behind the end of the compressed ones are refused`() throws {
    let deflated = try #require(Zlib.deflated([1, 2, 3]))
    #expect(Zlib.expanded(deflated, deflated.indices, count: 3) == [1, 2, 3])
    #expect(Zlib.expanded(deflated + [0], 0..<deflated.count + 1, count: 3) == nil)
    #expect(Zlib.expanded([9] + deflated + [9], 1..<deflated.count + 1, count: 3) == [1, 2, 3])
  }

  @Test(arguments: [(10, 12, "method 12"), (8, 0x0801, "encrypted")])
  func `other methods and encryption are refused with advice`(
    offset: Int, number: Int, word: String
  ) throws {
    let bytes = try archive([("a", Tensor(1))])
    let error = refusal(try changing(bytes, at: offset, to: number, width: 2))
    #expect(error?.code == .unsupportedFile)
    #expect(error?.description.contains(word) == true)
    #expect(error?.description.contains("numpy.savez_compressed") == true)
  }

  @Test func `every prefix of an archive is refused`() throws {
    let bytes = try archive([("a", Tensor(shape: [3], elements: [1, 2, 3])), ("b", Tensor(1))])
    for count in 0..<bytes.count {
      #expect(throws: TensorError.self) { try NPZArchive(Array(bytes.prefix(count))) }
    }
  }

  @Test func `a flipped bit is read or refused, never worse`() throws {
    let tensor = Tensor(shape: [20], elements: (0..<20).map { Float($0 % 3) })
    let bytes = try archive([("a", tensor)])
    for bit in 0..<8 * bytes.count {
      var mutant = bytes
      mutant[bit / 8] ^= 1 << UInt8(bit % 8)
      do {
        let archive = try NPZArchive(mutant)
        // What is read is what was written: the checksum sees one bit.
        for name in archive.names { #expect(try archive[name] == tensor) }
      } catch {
        #expect([.malformedFile, .unsupportedFile].contains(error.code))
      }
    }
  }

  @Test(
    .needsShared("data/spectra-instruments/npz"),
    arguments: ["made_compressed.npz", "made_compressed_fortran_big_endian.npz"])
  func `reads the compressed spectra of NumPy in every order`(file: String) throws {
    let folder = try #require(SharedData.folder("data/spectra-instruments/npz"))
    let archive = try NPZArchive(contentsOf: folder.appending(path: file))
    let expected = try NPZArchive(contentsOf: folder.appending(path: file + ".expected.npz"))
    #expect(try archive.file("X").doubles == expected.file("y").doubles)
    #expect(try archive.file("X").shape == expected.file("y").shape)
    #expect(try archive.file("wavelength").doubles == expected.file("x").doubles)
  }
}
