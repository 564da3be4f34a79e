import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

struct FormatFuzzTests {
  private static let mutantCount = 600

  /// Fewer of formats with a magic number, which most damage does not reach.
  private static let instrumentMutantCount = 150

  /// Fewer still of files that instruments wrote, of which there are many.
  private static let realMutantCount = 12

  /// Flips, cuts, repeats, inserts digits or overwrites counts.
  private func mutant(
    _ bytes: [UInt8], using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where bytes.count > 8 {
      let place = Int.random(in: 0..<bytes.count - 8, using: &generator)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.removeLast(Int.random(in: 1..<bytes.count - 4, using: &generator))
      case 3: bytes.insert(contentsOf: Array("9999999999".utf8), at: place)
      case 4:
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, Bool.random(using: &generator) ? 0x7F : 0xFF]
        bytes.replaceSubrange(place..<place + 4, with: huge)
      case 5: bytes.removeSubrange(place..<place + Int.random(in: 1...8, using: &generator))
      default: bytes.insert(contentsOf: bytes[place..<place + 8], at: place)
      }
    }
    return bytes
  }

  @Test(arguments: try SampleFiles.all().map(\.name))
  func `damaged files give errors of our own or sound spectra`(name: String) throws {
    let original = try #require(try SampleFiles.all().first { $0.name == name }).bytes
    let isOfInstrument = InstrumentBytes.all.contains { $0.name == name }
    let count = isOfInstrument ? Self.instrumentMutantCount : Self.mutantCount
    #expect(try refusals(of: original, named: name, count: count) > 0)
  }

  @Test(
    .enabled(if: !InstrumentFile.all().isEmpty, "there are no files of instruments"),
    arguments: InstrumentFile.all())
  func `damaged files of instruments do no harm`(file: InstrumentFile) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
    // Large files are only cut, which is quick to refuse.
    let part = bytes.count > 200_000 ? Array(bytes.prefix(100_000)) : bytes
    _ = try refusals(of: part, named: file.name, count: Self.realMutantCount)
  }

  /// How many of the damaged copies of a file are refused; the others must give sound spectra.
  private func refusals(of original: [UInt8], named name: String, count: Int) throws -> Int {
    var generator = SeededGenerator(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var refused = 0
    let clock = ContinuousClock()
    try SampleFiles.withPath("any") { path in
      for _ in 0..<count {
        let bytes = mutant(original, using: &generator)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let time = clock.measure {
          do throws(SpectrumError) {
            for data in try SpectrumFormatCatalog.readAll(path) {
              #expect(data.rows.allSatisfy { $0.allSatisfy(\.isFinite) })
              // No file makes more of its bytes than repetitions may.
              #expect(data.axis.count <= 1 << 22)
            }
          } catch {
            refused += 1
            #expect(error.description.hasPrefix(path))
          }
        }
        #expect(time < .seconds(5))
      }
    }
    return refused
  }
}
