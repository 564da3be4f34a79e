import Testing

@testable import Figures

struct RegionOutlineTests {
  /// The corners of each closed line, in cells.
  private func loops(_ rows: String...) -> [[[Int]]] {
    let columns = rows[0].count
    let outline = RegionOutline(
      rows: rows.count, columns: columns, isInside: rows.joined().map { $0 == "#" })
    return outline.loops.map { loop in
      loop.map {
        [Int(($0.x * Double(columns)).rounded()), Int(($0.y * Double(rows.count)).rounded())]
      }
    }
  }

  @Test func `the border of a cell has four sides`() {
    #expect(loops("....", ".#..", "....") == [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]])
  }

  @Test func `the border of everything is that of the picture`() {
    #expect(loops("####", "####", "####") == [[[0, 0], [4, 0], [4, 3], [0, 3], [0, 0]]])
    #expect(loops("....") == [])
  }

  @Test func `a hole has a border of its own`() {
    #expect(
      loops("###", "#.#", "###") == [
        [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]], [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]],
      ])
  }

  @Test func `cells that touch at a corner stay apart`() {
    #expect(
      loops("#.", ".#") == [
        [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]],
      ])
  }

  @Test func `a border turns where the region does`() {
    #expect(
      loops("#..", "##.") == [[[0, 0], [1, 0], [1, 1], [2, 1], [2, 2], [0, 2], [0, 0]]])
  }

  @Test(arguments: 0..<10)
  func `every side between inside and outside is part of the border once`(seed: Int) {
    let (rows, columns) = (9, 11)
    let isInside = (0..<rows * columns).map { ($0 * $0 * (seed + 3) + 7 * $0 + seed) % 5 < 2 }
    func inside(_ row: Int, _ column: Int) -> Bool {
      (0..<rows).contains(row) && (0..<columns).contains(column) && isInside[row * columns + column]
    }
    var expected = 0
    for row in 0...rows {
      for column in 0...columns {
        if inside(row, column) != inside(row - 1, column) { expected += 1 }
        if inside(row, column) != inside(row, column - 1) { expected += 1 }
      }
    }
    let outline = RegionOutline(rows: rows, columns: columns, isInside: isInside)
    let length = outline.loops.map { loop in
      zip(loop, loop.dropFirst()).reduce(0.0) {
        $0 + abs($1.0.x - $1.1.x) * Double(columns) + abs($1.0.y - $1.1.y) * Double(rows)
      }
    }.reduce(0, +)
    #expect(abs(length - Double(expected)) < 1e-9)
    #expect(outline.loops.allSatisfy { $0.first == $0.last && $0.count >= 5 })
  }
}
