import SpectralData
import TensorCore
import TestSupport
import Testing

@testable import Figures

struct BandMarksTests {
  private static let box = Canvas.Box(x: 66, y: 0, width: 600, height: 100)
  private static let scale = LinearScale(start: 1800, end: 1000)

  private func marks(_ bands: [FigureBand], rowCount: Int = 2) -> BandMarks {
    BandMarks(bands, scale: Self.scale, box: Self.box, rowCount: rowCount)
  }

  @Test func `a band covers its part of a reversed axis`() throws {
    let band = FigureBand(lower: 1600, upper: 1700)
    let extent = try #require(marks([band]).extent(band))
    // 1700 lies an eighth of 600 points from the left.
    #expect(abs(extent.left - (66 + 75)) < 1e-9)
    #expect(abs(extent.right - (66 + 150)) < 1e-9)
  }

  @Test func `bands are cut at the ends of the axis, thin ones are seen, distant ones are not`()
    throws
  {
    func extent(_ lower: Double, _ upper: Double) -> (left: Double, right: Double)? {
      let band = FigureBand(lower: lower, upper: upper)
      return marks([band]).extent(band)
    }
    #expect(try #require(extent(1750, 1900)).left == 66)
    #expect(extent(1900, 2000) == nil)
    let thin = try #require(extent(1400, 1400))
    #expect(abs(thin.left - 365) < 1e-9 && abs(thin.right - 367) < 1e-9)
    #expect(marks([FigureBand(lower: 1900, upper: 2000, label: "far")]).labels.isEmpty)
  }

  @Test(arguments: 0..<40)
  func `labels touch neither each other nor the lines of others`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bands = (0..<Int.random(in: 1...30, using: &generator)).map { index in
      let lower = Double.random(in: 950...1800, using: &generator)
      let length = Int.random(in: 1...14, using: &generator)
      return FigureBand(
        lower: lower, upper: lower + Double.random(in: 0...40, using: &generator),
        label: String(repeating: "m", count: length),
        strength: Double.random(in: -1...1, using: &generator))
    }
    let labels = marks(bands, rowCount: 3).labels
    #expect(!labels.isEmpty)
    for (index, label) in labels.enumerated() {
      #expect(label.left >= 66 && label.right <= 666 + 1e-9 && (0..<3).contains(label.row))
      for other in labels.dropFirst(index + 1) {
        if label.row == other.row {
          #expect(label.right < other.left || other.right < label.left)
        } else {
          let (lower, upper) = label.row < other.row ? (label, other) : (other, label)
          #expect(upper.stem < lower.left || upper.stem > lower.right)
        }
      }
    }
  }

  @Test func `the stronger of two bands at one place keeps its label`() {
    let bands = [0.1, -0.9, 0.5].map {
      FigureBand(lower: 1400, upper: 1410, label: "band \($0)", strength: $0)
    }
    #expect(marks(bands, rowCount: 1).labels.map(\.text) == ["band -0.9"])
  }

  @Test func `a label moves aside for a neighbor`() {
    let bands = [
      FigureBand(lower: 1400, upper: 1400, label: "a rather long label", strength: 1),
      FigureBand(lower: 1360, upper: 1360, label: "another long label", strength: 0.5),
    ]
    #expect(marks(bands, rowCount: 1).labels.count == 2)
  }

  @Test func `only rows that are used take space`() {
    #expect(marks([FigureBand(lower: 1400, upper: 1410)]).height == 0)
    let one = marks([FigureBand(lower: 1400, upper: 1410, label: "a")]).height
    #expect(one == BandMarks.rowHeight + 3)
  }
}
