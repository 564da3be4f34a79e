import Foundation
import ImageData
import SpectralData
import TestSupport
import Testing

@testable import Truth

struct TruthPlacingTests {
  private func truth(_ boxes: [(Double, Double, Double, Double)], size: PictureSize? = nil)
    -> GroundTruth
  {
    let objects = boxes.map {
      TruthObject(
        category: 0, box: PictureBox(left: $0.0, top: $0.1, right: $0.2, bottom: $0.3))
    }
    return GroundTruth(
      form: "test", categories: [TruthCategory("dog")],
      pictures: [TruthPicture(name: "a.png", size: size, objects: objects)])
  }

  @Test func `what lies outside of the picture is left out and told`() throws {
    let truth = truth([(-3, -3, 0, 0), (6, 1, 12, 3), (20, 0, 30, 4), (6.5, 1, 8.9, 3)])
    let placed = try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
    #expect(
      placed.notes == [
        "a.png: 2 boxes lie outside of the picture and are left out.",
        "a.png: 1 box is cut at the edge of the picture.",
      ])
    let both = drawn("........", "......##", "......##", "........")
    #expect(placed.regions.map(\.inside) == [both])
    #expect(placed.regions[0].instances == [both, both])
  }

  @Test func `things that all lie outside are no region`() throws {
    let truth = truth([(-3, -3, 0, 0)])
    let placed = try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
    #expect(placed.regions == [] && placed.region(of: [0]) == nil)
  }

  @Test func `a thing that the network does not see is none of its regions`() throws {
    let truth = truth([(0, 0, 3, 4)])
    let settings = ImagePreprocessing(width: 4, height: 4, shortSide: 4)
    let placed = try truth.placed(truth.pictures[0], by: settings.placement(width: 16, height: 4))
    #expect(placed.regions.map(\.shownShare) == [0])
    #expect(placed.region(of: [0]) == nil)
    let half = self.truth([(5, 0, 7, 4)])
    let cut = try half.placed(half.pictures[0], by: settings.placement(width: 16, height: 4))
    #expect(cut.region(of: [0])?.shownShare == 0.5)
    #expect(cut.region(of: [0])?.inside == (0..<16).map { $0 % 4 == 0 })
  }

  @Test(arguments: [(4, 8, "as it is displayed"), (16, 8, "the file that was marked")])
  func `truth of another size is refused`(width: Int, height: Int, hint: String) throws {
    let truth = truth([(0, 0, 3, 4)], size: PictureSize(width: width, height: height))
    let error = #expect(throws: TruthError.self) {
      try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
    }
    #expect(error?.code == .sizeMismatch)
    #expect(error?.description.contains(hint) == true)
  }

  @Test func `a mask of another size is refused`() throws {
    try TruthFolder.with { folder in
      let path = try folder.writeMask([0, 255, 0, 255], width: 2, to: "a.png")
      let outlines = [
        TruthOutline.file(path, value: nil),
        .runs(try RunLengths([4], size: PictureSize(width: 2, height: 2))),
      ]
      for outline in outlines {
        let object = TruthObject(category: 0, box: nil, outline: outline)
        let truth = GroundTruth(
          form: "test", categories: [TruthCategory("dog")],
          pictures: [TruthPicture(name: "a", objects: [object])])
        let error = #expect(throws: TruthError.self) {
          try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
        }
        #expect(error?.code == .sizeMismatch)
      }
    }
  }

  @Test func `bands have the points within the tolerance, or the nearest one`() throws {
    let truth = GroundTruth(
      form: "test", categories: ["a", "b", "c"].map { TruthCategory($0) },
      bands: [
        TruthBand(category: 0, lower: 1010, upper: 1030),
        TruthBand(category: 0, lower: 1074, upper: 1074),
        TruthBand(category: 1, lower: 2000, upper: 2010),
        TruthBand(category: 1, lower: 1090, upper: 1090),
        TruthBand(category: 2, lower: 10, upper: 20),
      ])
    let axis = try SpectralAxis(
      positions: (0..<11).map { 1100 - 10 * Double($0) }, unit: .reciprocalCentimeter)
    let exact = truth.placed(on: axis, tolerance: 0)
    #expect(exact.regions.map(\.category) == [0, 1])
    #expect(
      exact.regions[0].instances == [drawn(".......###."), drawn("...#.......")])
    #expect(exact.regions[0].inside == drawn("...#...###."))
    #expect(exact.regions[1].inside == drawn(".#........."))
    #expect(exact.regions.map(\.shownShare) == [1, 0.5])
    #expect(
      exact.notes == ["2 of 5 bands lie beyond the axis (first: b 2000.0) and are left out."])
    let wide = truth.placed(on: axis, tolerance: 10)
    #expect(wide.regions[0].inside == drawn("..##..#####"))
    #expect(wide.region(of: [0])?.others == wide.regions[1].inside)
  }

  @Test func `the boxes that come with the examples fit their pictures`() throws {
    let folder = SharedData.packageRoot.appending(path: "Examples")
    let examples = folder.path(percentEncoded: false) + "/"
    let truth = try TruthFile.read(examples + "boxes.csv")
    #expect(truth.categories.map(\.name) == ["cat", "coffee", "rocket"])
    for picture in truth.pictures {
      let file = try PictureFile(reading: examples + picture.name)
      let settings = ImagePreprocessing(width: 224, height: 224, shortSide: 256)
      let placed = try truth.placed(picture, by: file.placement(settings))
      #expect(placed.notes == [] && placed.regions.allSatisfy { $0.inside.contains(true) })
    }
  }

  @Test(.needsShared("data/images-coco-boxes"))
  func `boxes, masks and files of real pictures agree`() throws {
    let folder = try #require(SharedData.path("data/images-coco-boxes"))
    let truth = try TruthFile.read(folder + "/boxes.csv")
    #expect(truth.pictures.count == 104 && truth.kind == .masks && truth.notes == [])
    #expect(truth.pictures.map(\.objects.count).reduce(0, +) == 463)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/images").map {
      "\(folder)/images/\($0)"
    }
    #expect(try TruthIndex(truth).differences(from: files).sentences == [])
    let settings = ImagePreprocessing(width: 224, height: 224)
    var (covered, total) = (0, 0)
    for picture in truth.pictures.prefix(12) {
      let size = try #require(picture.size)
      let placement = try settings.placement(width: size.width, height: size.height)
      for region in try truth.placed(picture, by: placement).regions {
        // A mask lies within the boxes of its things, but for pixels at their edges.
        let boxes = try #require(PlacedTruth.union(region.instances))
        covered += zip(region.inside, boxes).count { $0 && $1 }
        total += region.inside.count { $0 }
      }
    }
    #expect(Double(covered) > 0.99 * Double(total))
  }
}
