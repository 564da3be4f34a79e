import Foundation
import TensorCore
import TestSupport
import Testing

struct NPYFileTests {
  /// A file as NumPy lays it out, with a header that is not padded.
  private func file(_ header: String, _ payload: [UInt8]) -> [UInt8] {
    let text = Array((header + "\n").utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count % 256), UInt8(text.count / 256)]
      + text + payload
  }

  private func file(
    _ type: String, shape: String, order: String = "False", _ payload: [UInt8]
  ) -> [UInt8] {
    file("{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }", payload)
  }

  @Test func `reads texts and 64-bit numbers exactly`() throws {
    let texts = try NPYFile(
      file("<U2", shape: "(2,)", [0x61, 0, 0, 0, 0, 0, 0, 0, 0x62, 0, 0, 0, 0xB5, 0, 0, 0]))
    #expect(texts.texts == ["a", "bµ"] && texts.doubles == nil)
    let numbers = try NPYFile(
      file("<f8", shape: "(1,)", [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]))
    #expect(numbers.doubles == [0.1] && numbers.texts == nil)
  }

  @Test func `writes texts and 64-bit numbers that are read back`() throws {
    let (words, numbers) = (["", "µm", "wood 🪵", "x"], [0.1, -1e300, 0])
    let bytes = try NPZArchive.bytes(of: [
      ("words", .texts(words)), ("numbers", .doubles(numbers)), ("none", .texts([])),
      ("tensor", .tensor(Tensor(shape: [2], elements: [1, 2]))),
    ])
    let archive = try NPZArchive(bytes)
    #expect(try archive.file("words").texts == words && archive.file("none").texts == [])
    #expect(try archive.file("numbers").doubles == numbers)
    #expect(try archive["tensor"].elements == [1, 2])
    let error = #expect(throws: TensorError.self) { try archive["words"] }
    #expect(error?.code == .unsupportedFile)
  }

  @Test func `reads little-endian floats`() throws {
    let array = try NPYFile(
      file("<f4", shape: "(1, 2)", [0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x20, 0xC0]))
    #expect(array.tensor == Tensor(shape: [1, 2], elements: [1, -2.5]))
  }

  @Test func `reads half precision with subnormals and infinities`() throws {
    // 1.5, the smallest subnormal, the largest number, minus infinity, minus zero, NaN
    let bytes: [UInt8] = [
      0x00, 0x3E, 0x01, 0x00, 0xFF, 0x7B, 0x00, 0xFC, 0x00, 0x80, 0x00, 0x7E,
    ]
    let elements = try NPYFile(file("<f2", shape: "(6,)", bytes)).tensor.elements
    #expect(elements.prefix(5) == [1.5, 0x1p-24, 65504, -.infinity, -0.0])
    #expect(elements[4].sign == .minus)
    #expect(elements[5].isNaN)
  }

  @Test func `reads double precision`() throws {
    let array = try NPYFile(file("<f8", shape: "()", [0, 0, 0, 0, 0, 0, 0x04, 0xC0]))
    #expect(array.tensor == Tensor(-2.5))
  }

  @Test(
    arguments: [
      ("|b1", [1, 0], [1, 0]), ("|u1", [255, 7], [255, 7]), ("|i1", [255, 7], [-1, 7]),
      ("<i2", [254, 255, 1, 1], [-2, 257]), ("<u2", [254, 255, 1, 1], [65534, 257]),
      ("<i4", [253, 255, 255, 255, 0, 0, 1, 0], [-3, 65536]),
      ("<u4", [255, 255, 255, 255, 0, 0, 1, 0], [4_294_967_295, 65536]),
      (
        "<i8", [252, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 1, 0, 0, 0],
        [-4, 4_294_967_296]
      ),
    ] as [(String, [UInt8], [Int])])
  func `reads whole numbers exactly`(type: String, bytes: [UInt8], numbers: [Int]) throws {
    let array = try NPYFile(file(type, shape: "(2,)", bytes))
    #expect(try array.integers == numbers)
    #expect(array.tensor == Tensor(shape: [2], elements: numbers.map { Float($0) }))
  }

  @Test(
    arguments: [
      (">i2", [255, 254, 1, 1], [-2, 257]), (">u4", [0, 0, 0, 7, 0, 1, 0, 0], [7, 65536]),
      (">i8", [255, 255, 255, 255, 255, 255, 255, 252, 0, 0, 0, 1, 0, 0, 0, 0], [-4, 1 << 32]),
    ] as [(String, [UInt8], [Int])])
  func `reads whole numbers with the highest byte first`(
    type: String, bytes: [UInt8], numbers: [Int]
  ) throws {
    #expect(try NPYFile(file(type, shape: "(2,)", bytes)).integers == numbers)
  }

  @Test func `reads floats and texts with the highest byte first`() throws {
    let singles = try NPYFile(
      file(">f4", shape: "(2,)", [0x3F, 0x80, 0x00, 0x00, 0xC0, 0x20, 0x00, 0x00]))
    #expect(singles.tensor.elements == [1, -2.5])
    let doubles = try NPYFile(
      file(">f8", shape: "(1,)", [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A]))
    #expect(doubles.doubles == [0.1])
    let texts = try NPYFile(file(">U2", shape: "(1,)", [0, 0, 0, 0x62, 0, 0, 0, 0xB5]))
    #expect(texts.texts == ["bµ"])
  }

  @Test func `turns column-major order into row-major order`() throws {
    // [[[0 1] [2 3] [4 5]] [[6 7] [8 9] [10 11]]], first axis fastest
    let bytes: [UInt8] = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]
    let array = try NPYFile(file("|u1", shape: "(2, 3, 2)", order: "True", bytes))
    #expect(array.shape == [2, 3, 2])
    #expect(try array.integers == Array(0..<12))
  }

  @Test func `floats are not whole numbers`() throws {
    let array = try NPYFile(NPYFile.bytes(of: Tensor(1)))
    let error = #expect(throws: TensorError.self) { try array.integers }
    #expect(error?.code == .unsupportedFile)
  }

  @Test(arguments: [[], [0], [5], [2, 3], [2, 0, 3], [1, 2, 3, 4, 5]])
  func `reads what it writes`(extents: [Int]) throws {
    var generator = SeededGenerator(seed: 1)
    let tensor = Tensor.random(Shape(extents), using: &generator)
    #expect(try NPYFile(NPYFile.bytes(of: tensor)).tensor == tensor)
  }

  @Test func `elements start at a multiple of 64 bytes`() throws {
    let bytes = NPYFile.bytes(of: Tensor(shape: [3], elements: [1, 2, 3]))
    #expect((bytes.count - 12) % 64 == 0)
    #expect(bytes[bytes.count - 13] == UInt8(ascii: "\n"))
  }

  @Test func `refuses what it does not read, naming the type`() throws {
    for type in ["=f4", ">c8", "<c8", "|O", "<u8", ">u8", "|S3"] {
      let error = #expect(throws: TensorError.self) {
        try NPYFile(file(type, shape: "(1,)", [0, 0, 0, 0]))
      }
      #expect(error?.code == .unsupportedFile)
      #expect(error?.description.contains(type) == true)
    }
  }

  @Test(arguments: [
    "(3,)", "(2, 2)", "(-1,)", "(9223372036854775807, 2)", "(4611686018427387904, 4)",
    "(99999999999999999999,)", "(0, 9223372036854775807, 9223372036854775807)", "(2", "2", "(2,,)",
  ])
  func `refuses shapes that do not fit the bytes`(shape: String) {
    #expect(throws: TensorError.self) {
      try NPYFile(file("<f4", shape: shape, [0, 0, 0, 0, 0, 0, 0, 0]))
    }
  }

  @Test func `a missing file is unreadable`() {
    let error = #expect(throws: TensorError.self) {
      try NPYFile(contentsOf: URL(filePath: "/nowhere/array.npy"))
    }
    #expect(error?.code == .unreadable)
    #expect(error?.description.contains("/nowhere/array.npy") == true)
  }
}
