import ImageData
import TensorCore
import Testing

@testable import Truth

struct PolygonFillingTests {
  /// Whether a ray to the right crosses an odd number of sides, for each middle of a pixel.
  private func literal(_ polygon: [Double], width: Int, height: Int) -> [Bool] {
    (0..<width * height).map { index in
      let (x, y) = (Double(index % width) + 0.5, Double(index / width) + 0.5)
      var isInside = false
      for corner in 0..<polygon.count / 2 {
        let next = (corner + 1) % (polygon.count / 2)
        let (ax, ay) = (polygon[2 * corner], polygon[2 * corner + 1])
        let (bx, by) = (polygon[2 * next], polygon[2 * next + 1])
        if (ay > y) != (by > y), x < ax + (y - ay) / (by - ay) * (bx - ax) { isInside.toggle() }
      }
      return isInside
    }
  }

  @Test(arguments: 0..<20)
  func `pixels are inside where a ray crosses an odd number of sides`(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let polygon = (0..<2 * (3 + seed % 7)).map { _ in Double.random(in: -8...38, using: &generator)
    }
    let mask = PolygonFilling.mask([polygon], size: PictureSize(width: 30, height: 25))
    #expect(mask.isInside == literal(polygon, width: 30, height: 25))
  }

  @Test func `a level square has the pixels of the box`() {
    let mask = PolygonFilling.mask(
      [[1, 1, 4, 1, 4, 3, 1, 3]], size: PictureSize(width: 6, height: 4))
    #expect(mask.isInside == drawn("......", ".###..", ".###..", "......"))
  }

  @Test func `several polygons are united, and a line has no pixels`() {
    let mask = PolygonFilling.mask(
      [[0, 0, 3, 0, 3, 3, 0, 3], [2, 2, 5, 2, 5, 4, 2, 4], [0, 0, 5, 0, 2, 0], [0, 0, 5, 4]],
      size: PictureSize(width: 5, height: 4))
    #expect(mask.isInside == drawn("###..", "###..", "#####", "..###"))
  }

  @Test func `far corners are cut`() {
    let mask = PolygonFilling.mask(
      [[-1e8, -1e8, 1e8, -1e8, 1e8, 1e8, -1e8, 1e8]], size: PictureSize(width: 3, height: 2))
    #expect(mask.isInside == Array(repeating: true, count: 6))
  }
}
