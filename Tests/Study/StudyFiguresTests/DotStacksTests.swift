import Figures
import TensorCore
import TestSupport
import Testing

@testable import StudyFigures

struct DotStacksTests {
  @Test func `equal values stand in one stack`() throws {
    let stacks = try #require(DotStacks(places: [40, 10, 40, 40], pitch: 6, height: 18))
    #expect(stacks.isExact)
    #expect(stacks.stacks.map(\.center) == [10, 40])
    #expect(stacks.stacks.map(\.count) == [1, 3])
    #expect(
      stacks.dots(stacks.stacks[1], base: 100, height: 18)
        == [.init(x: 40, y: 97), .init(x: 40, y: 91), .init(x: 40, y: 85)])
  }

  @Test func `stacks too high for the space grow wider`() throws {
    let places = [Double](repeating: 50, count: 100)
    let stacks = try #require(DotStacks(places: places, pitch: 6, height: 60))
    #expect(stacks.stacks.map(\.columnCount) == [10])
    // No two stacks may meet: there is no space for ten columns beside a neighbor 20 points away.
    #expect(DotStacks(places: places + [70], pitch: 6, height: 60) == nil)
  }

  @Test(arguments: 0..<30)
  func `every value is one dot, inside the space and apart from all others`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let isDiscrete = seed.isMultiple(of: 2)
    let places = (0..<Int.random(in: 1...150, using: &generator)).map { _ in
      isDiscrete
        ? 60 * Double(Int.random(in: 0...9, using: &generator))
        : Double.random(in: 0...600, using: &generator)
    }
    let stacks = try #require(DotStacks.rows([places], height: 70).first)
    let dots = stacks.stacks.flatMap { stacks.dots($0, base: 100, height: 70) }
    #expect(dots.count == places.count)
    #expect(dots.allSatisfy { $0.y < 100 && $0.y > 30 })
    // Each dot lies at its value, but for the width of a stack or bin.
    let widest = Double(stacks.stacks.map(\.columnCount).max() ?? 1) * stacks.pitch
    for (dot, place) in zip(dots.map(\.x).sorted(), places.sorted()) {
      #expect(abs(dot - place) <= widest)
    }
    for (index, dot) in dots.enumerated() {
      for other in dots.dropFirst(index + 1) {
        let (x, y) = (dot.x - other.x, dot.y - other.y)
        #expect((x * x + y * y).squareRoot() > 0.98 * stacks.pitch)
      }
    }
  }

  @Test func `more dots than fit are pressed together, none is lost`() throws {
    let places = (0..<5000).map { Double($0 % 20) * 0.5 }
    let stacks = try #require(DotStacks.rows([places], height: 70).first)
    let dots = stacks.stacks.flatMap { stacks.dots($0, base: 100, height: 70) }
    #expect(dots.count == 5000)
    #expect(dots.allSatisfy { $0.y < 100 && $0.y > 29 })
  }
}
