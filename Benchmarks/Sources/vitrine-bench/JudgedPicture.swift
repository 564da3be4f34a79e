import ExplanationQuality
import Explanations
import Foundation
import TensorCore

/// A picture and maps of it, as both sides of the comparison are given them.
struct JudgedPicture {
  /// `[channels, positions…]`, as the network takes it.
  let picture: Tensor

  /// One value for every position each.
  let maps: [[Float]]

  /// Where the thing stands that the class is known by; nil where nobody says.
  let truth: TruthRegion?

  /// Reads `picture` `[channels, positions…]`, `maps` `[maps, positions…]` and, if it is there, `inside`
  /// `[positions…]` with 1 on the thing and 0 elsewhere.
  init(contentsOf url: URL) throws {
    let archive = try NPZArchive(contentsOf: url)
    picture = try archive["picture"]
    let maps = try archive["maps"]
    self.maps = (0..<maps.shape[0]).map { maps.part($0).elements }
    truth =
      archive.names.contains("inside")
      ? TruthRegion(inside: try archive["inside"].elements.map { $0 > 0 }) : nil
  }

  /// The extents of its positions.
  var positions: [Int] { Array(picture.shape.extents.dropFirst()) }

  /// The first maps with the order of their positions; equal values are in the order of positions, as with
  /// other programs.
  func readings(_ count: Int) -> [MapReading] {
    maps.prefix(count).map { MapReading($0, positions: positions) }
  }
}
