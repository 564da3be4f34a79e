import Foundation
import TensorCore
import Testing

@testable import PictureTraining

struct AugmentationTests {
  private static let picture = SmallNetwork.tensor([3, 12, 12], 7, 1 / 4)

  /// A map with a hill at row 3, column 8.
  private static let map = Tensor(
    shape: [12, 12],
    elements: (0..<144).map { index -> Float in
      let (down, right) = (Double(index / 12 - 3), Double(index % 12 - 8))
      return Float(exp(-0.1 * (down * down + right * right)))
    })

  private var guided: GuidedPicture { GuidedPicture(picture: Self.picture, map: Self.map) }

  private func changed(
    _ change: GuidedAugmentation.Change, _ place: GuidedAugmentation.Place = .own, seed: UInt64 = 1
  ) -> ChangedPicture {
    var generator = SplitMix64(seed: seed)
    let other = GuidedPicture(
      picture: SmallNetwork.tensor([3, 12, 12], 5, 1 / 4),
      map: Tensor(shape: [12, 12], elements: Self.map.elements.reversed()))
    return GuidedAugmentation(change, place).changed(guided, beside: other, using: &generator)
  }

  private func changedPositions(_ picture: Tensor) -> [Bool] {
    (0..<144).map { position in
      (0..<3).contains {
        picture.elements[$0 * 144 + position] != Self.picture.elements[$0 * 144 + position]
      }
    }
  }

  @Test func `hiding and keeping change the two sides of a threshold`() {
    let hidden = changedPositions(changed(.hide).picture)
    let kept = changedPositions(changed(.keep).picture)
    #expect(zip(hidden, kept).allSatisfy { $0 != $1 })
    #expect(hidden[3 * 12 + 8] && !hidden[11 * 12])
    let high = zip(Self.map.elements, hidden).filter(\.1).map(\.0).min() ?? 0
    let low = zip(Self.map.elements, hidden).filter { !$0.1 }.map(\.0).max() ?? 1
    #expect(high > low && high > 0.3 && low < 0.6)
  }

  @Test func `controls hide as much elsewhere`() {
    let count = changedPositions(changed(.hide).picture).count(where: \.self)
    // The same number is drawn first, so the threshold is the same.
    let moved = changedPositions(changed(.hide, .moved).picture)
    let centered = changedPositions(changed(.hide, .centered).picture)
    #expect(moved.count(where: \.self) == count && centered.count(where: \.self) == count)
    #expect(moved != changedPositions(changed(.hide).picture))
    #expect(centered[6 * 12 + 6] && !centered[0])
    let other = changedPositions(changed(.hide, .other).picture)
    #expect(other[8 * 12 + 3] && !other[3 * 12 + 8])
  }

  @Test func `a crop enlarges the box around what is marked`() {
    let limit: Float = 0.5
    let marked = Self.map.marked(from: limit)
    let box = PixelBox(around: marked, [12, 12])
    #expect(box == PixelBox(top: 1, left: 6, rows: 5, columns: 5))
    #expect(
      box.grown(by: 0.1, within: [12, 12]) == PixelBox(top: 0, left: 5, rows: 7, columns: 7))
    let whole = PixelBox(top: 0, left: 0, rows: 12, columns: 12)
    #expect(Self.picture.enlarged(whole) == Self.picture)
    let enlarged = Self.picture.enlarged(PixelBox(top: 2, left: 4, rows: 1, columns: 1))
    for channel in 0..<3 {
      let pixel = Self.picture.elements[channel * 144 + 2 * 12 + 4]
      #expect(enlarged.elements[channel * 144..<(channel + 1) * 144].allSatisfy { $0 == pixel })
    }
  }

  @Test func `labels of mixed pictures count by the maps in the boxes`() {
    let (height, width) = (12, 12)
    let mixed = changed(.mix, seed: 3)
    let positions = changedPositions(mixed.picture)
    let box = PixelBox(around: positions, [height, width])
    let inside = (0..<144).filter {
      (box.top..<box.top + box.rows).contains($0 / 12)
        && (box.left..<box.left + box.columns).contains($0 % 12)
    }
    let sum = Self.map.elements.reduce(0, +)
    let expected = 1 - inside.reduce(0) { $0 + Self.map.elements[$1] } / sum
    #expect(abs(mixed.shares.own - expected) < 0.05, "\(mixed.shares.own), \(expected)")
    #expect((0...1).contains(mixed.shares.other))
  }

  @Test func `the blur is a Gaussian mean of what lies inside`() {
    let deviation = 1.5
    let blurred = GaussianBlur(deviation: deviation).blurred(Self.picture)
    for (row, column) in [(0, 0), (5, 7), (11, 3)] {
      var (sum, weights) = (0.0, 0.0)
      for other in 0..<144 where abs(other / 12 - row) <= 5 && abs(other % 12 - column) <= 5 {
        let (down, right) = (Double(other / 12 - row), Double(other % 12 - column))
        let distance = down * down + right * right
        let weight = exp(-distance / (2 * deviation * deviation))
        weights += weight
        sum += weight * Double(Self.picture.elements[144 + other])
      }
      #expect(abs(Double(blurred.elements[144 + row * 12 + column]) - sum / weights) < 1e-5)
    }
  }

  @Test func `mirrors exchange left and right`() {
    let mirrored = Self.picture.mirrored
    #expect(mirrored.elements[12 + 3] == Self.picture.elements[12 + 8])
    #expect(mirrored.mirrored == Self.picture)
  }
}
