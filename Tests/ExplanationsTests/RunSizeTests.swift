import Testing

@testable import Explanations

/// How many points run at once.
struct RunSizeTests {
  @Test(arguments: 1...200, [1, 2, 7, 8, 32])
  func `runs of a first size are no larger than allowed, and waste the least`(
    count: Int, largest: Int
  ) {
    let size = RunSize.best(for: count, largest: largest) { _ in false }
    #expect((1...largest).contains(size))
    guard count >= largest else {
      #expect(size >= min(count, largest) && size < 2 * count)
      return
    }
    let wasted = { (size: Int) in (size - count % size) % size }
    #expect(2 * size >= largest)
    for other in (largest + 1) / 2...largest {
      #expect(wasted(size) < wasted(other) || (wasted(size) == wasted(other) && size >= other))
    }
  }

  @Test func `a size that is known is taken where it wastes little`() {
    // 51 points: thirteen runs of 4 are one too many, eight of 7 five.
    #expect(RunSize.best(for: 51, largest: 7) { _ in false } == 4)
    #expect(RunSize.best(for: 51, largest: 7) { $0 == 7 } == 7)
    #expect(RunSize.best(for: 16, largest: 7) { $0 == 5 } == 5)
    #expect(RunSize.best(for: 9, largest: 8) { $0 == 8 } == 5)
    #expect(RunSize.best(for: 17, largest: 16) { $0 == 16 } == 9)
  }
}
