import TensorCore

/// Small files of instruments, built byte by byte.
enum InstrumentBytes {
  static let all: [(name: String, bytes: [UInt8])] = [
    ("opus.0", opus()), ("map.wdf", wdf()), ("one.spa", omnic()), ("one.sp", perkinElmer()),
    ("five.mat", matlab5()), ("four.mat", matlab4()), ("book.xlsx", workbook()),
    ("ocean.txt", Array(ocean.utf8)), ("series.txt", Array(lines.utf8)),
  ]

  /// As Ocean Optics writes, with a decimal comma.
  static let ocean = """
    SpectraSuite Data File\r
    ++++++++++++++++++++++\r
    Integration Time (usec): 70000 (USB2)\r
    >>>>>Begin Processed Spectral Data<<<<<\r
    178,23\t401,5\r
    178,61\t-1746,25\r
    178,99\t0,5\r
    179,37\t2\r
    >>>>>End Processed Spectral Data<<<<<\r

    """

  /// Spectra in lines below one of positions.
  static let lines = "\t100\t102\t104\t107\n0\t1\t2\t3\t4\n2.5\t5\t6\t7\t8\n"

  /// Two spectra of four points, a list of wavenumbers and one of classes, in version 5.
  static func matlab5() -> [UInt8] {
    func element(_ type: Int, _ bytes: [UInt8]) -> Bytes {
      Bytes().word(type, 4).word(bytes.count, 4).bytes(bytes).zeros((8 - bytes.count % 8) % 8)
    }
    func matrix(_ kind: Int, _ name: String, _ extents: [Int], _ contents: Bytes) -> Bytes {
      let sizes = extents.reduce(Bytes()) { $0.word($1, 4) }
      let inner = element(6, Bytes().word(kind, 4).word(0, 4).bytes).bytes(
        element(5, sizes.bytes).bytes
      )
      .bytes(element(1, Array(name.utf8)).bytes).bytes(contents.bytes)
      return element(14, inner.bytes)
    }
    func doubles(_ numbers: [Double]) -> Bytes {
      element(9, numbers.reduce(Bytes()) { $0.double($1) }.bytes)
    }
    func text(_ text: String) -> Bytes {
      let codes = text.utf16.reduce(Bytes()) { $0.word(Int($1), 2) }
      return matrix(4, "", [1, text.utf16.count], element(4, codes.bytes))
    }
    let head = Bytes(text: "MATLAB 5.0 MAT-file, made by hand")
    return head.zeros(124 - head.bytes.count).word(0x0100, 2).text("IM")
      .bytes(matrix(6, "X", [2, 4], doubles([1, 5, 2, 6, 3, 7, 4, 8])).bytes)
      .bytes(matrix(6, "wavenumber", [1, 4], doubles([400, 402, 404, 408])).bytes)
      .bytes(matrix(1, "class", [2, 1], text("HDPE").bytes(text("PET").bytes)).bytes).bytes
  }

  /// Positions in the first column, two spectra beside it, in version 4.
  static func matlab4() -> [UInt8] {
    var file = Bytes().word(0, 4).word(8, 4).word(3, 4).word(0, 4).word(2, 4).text("A\0")
    for column in 0..<3 {
      for row in 0..<8 {
        file = file.double(column == 0 ? Double(200 + 2 * row) : Double(row * column))
      }
    }
    return file.bytes
  }

  /// A workbook with a title, dates and one spectrum a line on its second sheet.
  static func workbook() -> [UInt8] {
    let sheet = """
      <worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>T &amp; co</t></is></c></row>\
      <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3"><v>850</v></c>\
      <c r="D3"><v>852.5</v></c><c r="E3"><v>854</v></c><c r="F3" t="str"><v>mean</v></c></row>\
      <row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" s="1"><v>45292</v></c><c r="C4"><v>1</v></c>\
      <c r="D4"><v>2.5E-1</v></c><c r="E4"><v>3</v></c><c r="F4"><f>AVERAGE(C4:E4)</f><v/></c></row>\
      <row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5" s="1"><v>45351</v></c><c r="C5"><v>4</v></c>\
      <c r="D5"><v>5</v></c><c r="E5"><v>6</v></c></row></sheetData></worksheet>
      """
    return ZIPBytes.archive([
      ("[Content_Types].xml", "<Types/>"),
      (
        "xl/workbook.xml",
        "<workbook><workbookPr/><sheets><sheet name=\"Notes\" r:id=\"a\"/><sheet name=\"Data\" "
          + "r:id=\"b\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/>"
          + "<Relationship Id=\"b\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"
      ),
      (
        "xl/sharedStrings.xml",
        "<sst><si><t>sample</t></si><si><r><t>measured</t></r></si><si><t>a&#98;c</t></si></sst>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
          + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
      ),
      (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>notes</v></c></row></sheetData>"
          + "</worksheet>"
      ),
      ("xl/worksheets/sheet2.xml", sheet),
    ])
  }

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

/// An archive whose members are stored as they are.
enum ZIPBytes {
  static func archive(_ members: [(name: String, text: String)]) -> [UInt8] {
    var (file, directory) = (Bytes(), Bytes())
    for (name, text) in members {
      let contents = Array(text.utf8)
      let facts = Bytes().word(20, 2).word(0, 2).word(0, 2).word(0, 4)
        .word(Int(Zlib.checksum(contents, contents.indices)), 4).word(contents.count, 4)
        .word(contents.count, 4).word(name.utf8.count, 2).word(0, 2)
      let start = file.bytes.count
      file = file.word(0x0403_4B50, 4).bytes(facts.bytes).text(name).bytes(contents)
      directory = directory.word(0x0201_4B50, 4).word(20, 2).bytes(facts.bytes).zeros(10)
        .word(start, 4).text(name)
    }
    return file.bytes(directory.bytes).word(0x0605_4B50, 4).word(0, 4).word(members.count, 2)
      .word(members.count, 2).word(directory.bytes.count, 4).word(file.bytes.count, 4).word(0, 2)
      .bytes
  }
}
