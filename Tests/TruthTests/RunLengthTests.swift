import ImageData
import Testing

@testable import Truth

struct RunLengthTests {
  private let small = drawn(
    "#........", "..####...", "..#.##...", "..####...", ".........", ".......#.", "........#")

  @Test func `letters equal those of the tools of the data set`() throws {
    // Written by pycocotools 2.0.
    let runs = try RunLengths(text: "01>2FNM03200;NH0", size: PictureSize(width: 9, height: 7))
    #expect(runs.mask == PictureMask(width: 9, height: 7, isInside: small))
    let text = """
      R\\1b1d000000000000000000000000000000000000000ROA5?KA5?KA5?KA5?KA5?i0000000000000000000000000\
      000000000000000000000000ne0_NmN
      """
    let large = try RunLengths(text: text, size: PictureSize(width: 90, height: 70))
    #expect(large.counts.count == 113)
    let expected = (0..<6300).map { index in
      let (x, y) = (index % 90, index / 90)
      let isHole = (40..<45).contains(x) && (30..<35).contains(y)
      return (20..<70).contains(x) && (10..<60).contains(y) && !isHole || x == 80 && y == 12
    }
    #expect(large.mask.isInside == expected)
  }

  @Test func `lengths run down the columns`() throws {
    let runs = try RunLengths([2, 1, 0, 3, 6], size: PictureSize(width: 4, height: 3))
    #expect(runs.mask.isInside == drawn(".#..", ".#..", "##.."))
  }

  @Test(arguments: [[5, 8], [13], [-1, 13], [12, Int.max], [0, 12, 1], []])
  func `lengths that are not as many as the pixels are refused`(counts: [Int]) {
    let error = #expect(throws: TruthError.self) {
      try RunLengths(counts, size: PictureSize(width: 4, height: 3))
    }
    #expect(error?.code == .malformedFile)
  }

  @Test(arguments: ["o", "oooooooooooooooo", "0 1", "é", "0?", "01>2FNM03200;NH0"])
  func `letters that mean nothing are refused`(text: String) {
    #expect(throws: TruthError.self) {
      try RunLengths(text: text, size: PictureSize(width: 4, height: 3))
    }
  }

  @Test func `sizes that no picture has are refused`() {
    for size in [(Int.max, 2), (0, 4), (-3, -4), (1_000_000, 1_000_000)] {
      #expect(throws: TruthError.self) {
        try RunLengths([], size: PictureSize(width: size.0, height: size.1))
      }
    }
  }
}
