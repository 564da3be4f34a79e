import Foundation
import SpectralData

/// Files in memory, read as if they lay on a disk.
enum SampleFiles {
  /// Reads bytes through a temporary file with some suffix.
  static func read(
    _ bytes: [UInt8], _ suffix: String,
    _ settings: SpectrumReadingSettings = SpectrumReadingSettings()
  ) throws -> [SpectralDataset] {
    try withPath(suffix) { path in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try SpectrumFormatCatalog.readAll(path, settings)
    }
  }

  /// Gives the path of a temporary file that is removed afterwards.
  static func withPath<Result>(_ suffix: String, _ body: (String) throws -> Result) throws -> Result
  {
    let name = "vitrine-\(UUID().uuidString).\(suffix)"
    let path = FileManager.default.temporaryDirectory.appending(path: name)
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// A small file of every kind that is read.
  static func all() throws -> [(name: String, bytes: [UInt8])] {
    let data = try SampleSpectra.dataset()
    let written = try ["csv", "jdx", "npz"].map { suffix in
      let bytes = try withPath(suffix) { path in
        try SpectrumFormatCatalog.write(data, to: path)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      }
      return (name: suffix, bytes: bytes)
    }
    let compressed = try JCAMPSpectrumFormat.encode(data, ordinates: .compressed)
    let whole = SPCBytes.Ordinates.whole(bits: 16, exponent: 4)
    return written + [
      ("columns.txt", Array("nm;a;b\nlabel;x;y\n400;0,5;1\n402;0,25;2\n404;1;3\n".utf8)),
      ("compressed.jdx", compressed),
      ("pairs.jdx", Array(pairs.utf8)),
      ("array.npy", npy), ("new.spc", SPCBytes().bytes),
      ("big.spc", SPCBytes(version: 0x4C, ordinates: whole).bytes),
      ("old.spc", SPCBytes(version: 0x4D, rows: [[1, 2], [3, 4]], isMultiple: true).bytes),
      (
        "own.spc",
        SPCBytes(
          rows: [[1, 2, 3], [4, 5, 6]], positions: [[1, 2, 3], [7, 8, 9]], hasOwnPositions: true,
          isMultiple: true
        ).bytes
      ),
      ("table.tsv", Array(ucr.utf8)), ("long.csv", Array(long.utf8)),
      ("series.ts", Array(series.utf8)),
    ] + InstrumentBytes.all
  }

  static let ucr = "1\t0.5\t-0.25\t1e-1\t2\n2\t0.5\t0.75\t1\t-2\n1\t3\t2\t1\t0.5\n"

  static let long = """
    sample,wavenumber,intensity,class
    s1,4000,1,a
    s1,3000,2,a
    s1,2000,3,a
    s2,4000,4,b
    s2,3000,5,b
    s2,2000,6,b

    """

  static let series = """
    # a comment
    @problemName Tea
    @timeStamps false
    @univariate true
    @classLabel true green black
    @data
    1,2.5,-3:green
    4,5,6:black

    """

  static let pairs = """
    ##TITLE= pairs
    ##JCAMP-DX= 4.24
    ##DATA TYPE= INFRARED SPECTRUM
    ##XUNITS= 1/CM
    ##NPOINTS= 3
    ##XYPOINTS= (XY..XY)
    4000, 1; 3000, 2
    2000, 0.5
    ##END=

    """

  /// `[[1, 2, 3], [4, 5, 6]]`.
  static let npy: [UInt8] = {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
    let header = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
    let padded = header + Array(repeating: 0x20, count: 127 - header.count) + [0x0A]
    return padded
      + (1...6).flatMap { number -> [UInt8] in
        let bits = Float(number).bitPattern
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
      }
  }()
}
