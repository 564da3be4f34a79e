import Testing

@testable import Figures

struct RegionOutlineTests {
  @Test func theBorderOfACellHasFourSides() {
    var cells = [Bool](repeating: false, count: 12)
    cells[5] = true
    let outline = RegionOutline(rows: 3, columns: 4, isInside: cells)
    let corners = Set(outline.sides.flatMap(\.self))
    #expect(outline.sides.count == 4 && corners.count == 4)
    #expect(corners.map(\.x).min() == 0.25 && corners.map(\.x).max() == 0.5)
    #expect(corners.map(\.y).min() == 1 / 3.0 && corners.map(\.y).max() == 2 / 3.0)
  }

  @Test func theBorderOfEverythingIsThatOfThePicture() {
    let outline = RegionOutline(
      rows: 3, columns: 4, isInside: [Bool](repeating: true, count: 12))
    #expect(outline.sides.count == 2 * (3 + 4))
  }
}
