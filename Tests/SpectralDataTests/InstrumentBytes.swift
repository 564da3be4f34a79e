/// Small files of instruments, built byte by byte.
enum InstrumentBytes {
  static let all: [(name: String, bytes: [UInt8])] = [
    ("opus.0", opus()), ("map.wdf", wdf()), ("one.spa", omnic()), ("one.sp", perkinElmer()),
  ]

  /// Three points of absorbance over wavenumbers 4000, 3000, 2000.
  static func opus(type: Int = 0x100F, values: [Float] = [0.5, 1, 0.25]) -> [UInt8] {
    let status = Bytes(text: "NPT").word(0, 1).word(0, 2).word(2, 2).word(values.count, 4)
      .parameter("FXV", 4000).parameter("LXV", 2000).parameter("CSF", 1)
      .text("DXU\0").word(2, 2).word(2, 2).text("WN\0\0").text("END\0").word(0, 4)
    let start = 24 + 24
    var file = Bytes([0x0A, 0x0A, 0xFE, 0xFE]).double(920622).word(24, 4).word(2, 4).word(2, 4)
    file = file.word(type, 4).word(values.count, 4).word(start, 4)
    file = file.word(type | 0x10, 4).word(status.bytes.count / 4, 4).word(
      start + 4 * values.count, 4)
    return values.reduce(file) { $0.float($1) }.bytes + status.bytes
  }

  /// Two of three spectra of four points, with their places.
  static func wdf(count: Int = 2, capacity: Int = 3) -> [UInt8] {
    var header = Bytes(text: "WDF1").zeros(56).word(4, 4).word(capacity, 8).word(count, 8)
    header = header.zeros(4).word(4, 4).word(4, 4).word(1, 4).zeros(56).word(6, 4).float(12738)
    header = header.zeros(240 - header.bytes.count).text("Map").zeros(269)
    let values: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]
    let data = values.reduce(Bytes(text: "DATA").word(0, 4).word(16 + 48, 8)) { $0.float($1) }
    let positions: [Float] = [900, 600, 300, 100]
    let list = positions.reduce(
      Bytes(text: "XLST").word(0, 4).word(24 + 16, 8).word(1, 4).word(1, 4)
    ) {
      $0.float($1)
    }
    var origin = Bytes(text: "ORGN").word(0, 4).word(20 + 24 + 24, 8).word(1, 4)
    origin = origin.word(3, 4).word(5, 4).text("X").zeros(15).double(-1).double(2.5).double(0)
    return header.bytes + data.bytes + list.bytes + origin.bytes
  }

  /// Three points of a quantity over wavenumbers 4000, 3000, 2000.
  static func omnic(positions: Int = 1, ordinate: Int = 17) -> [UInt8] {
    var file = Bytes(text: "Spectral Data File").zeros(12).text("film").zeros(260).word(2, 2)
    file = file.zeros(304 - file.bytes.count)
    file = file.word(2, 2).word(336, 4).word(24, 4).zeros(6).word(3, 2).word(360, 4).word(12, 4)
      .zeros(6)
    file = file.zeros(4).word(3, 4).word(positions, 4).word(ordinate, 4).float(4000).float(2000)
    return file.float(0.5).float(1).float(0.25).bytes
  }

  /// Three points of percent transmittance over wavenumbers 4000, 3000, 2000.
  static func perkinElmer(kind: String = "2D constant interval DataSet file") -> [UInt8] {
    func text(_ text: String) -> Bytes {
      Bytes().word(0x7523, 2).word(text.utf8.count, 2).text(text)
    }
    let values = Bytes().word(0x7516, 2).word(24, 4).double(90).double(95).double(99.5)
    let members: [(Int, Bytes)] = [
      (35698, Bytes().word(0x751D, 2).double(4000).double(2000)),
      (35701, Bytes().word(0x752B, 2).word(3, 4)), (35703, text("cm-1")), (35704, text("%T")),
      (35713, text("film")), (35708, values),
    ]
    let inner = members.reduce(Bytes()) {
      $0.word($1.0, 2).word($1.1.bytes.count, 4).bytes($1.1.bytes)
    }
    let head = Bytes(text: "PEPE" + kind)
    return head.zeros(44 - head.bytes.count).word(120, 2).word(inner.bytes.count, 4).bytes(
      inner.bytes
    )
    .bytes
  }
}

/// Bytes that grow, lowest byte of a number first.
struct Bytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  init(text: String) { self.init(Array(text.utf8)) }

  func bytes(_ more: [UInt8]) -> Bytes { Bytes(bytes + more) }

  func text(_ text: String) -> Bytes { bytes(Array(text.utf8)) }

  func zeros(_ count: Int) -> Bytes { bytes(Array(repeating: 0, count: count)) }

  func word(_ number: Int, _ width: Int) -> Bytes {
    bytes((0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }

  func float(_ number: Float) -> Bytes { word(Int(number.bitPattern), 4) }

  func double(_ number: Double) -> Bytes { word(Int(truncatingIfNeeded: number.bitPattern), 8) }

  /// A named number of an OPUS file.
  func parameter(_ name: String, _ number: Double) -> Bytes {
    text(name + "\0").word(1, 2).word(4, 2).double(number)
  }
}
