import Foundation
import ImageData
import Testing

@testable import Truth

/// One picture of 8×4 pixels with a dog in columns 1 to 4 and rows 1 to 3, and a cat in columns 5 to 7
/// and row 0, in each form.
struct TruthFormatTests {
  private static let table = """
    image,width,height,category,classes,x0,y0,x1,y1,mask
    images/one.jpg,8,4,dog,5 7,1,1,4,3,
    images/one.jpg,8,4,cat,2,5,0,7,1,
    """

  private static let json = """
    {"images": [{"id": 7, "file_name": "images/one.jpg", "width": 8, "height": 4}],
     "categories": [{"id": 3, "name": "dog"}, {"id": 9, "name": "cat"}],
     "annotations": [
       {"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 1, 3, 2], "iscrowd": 0, "area": 6},
       {"id": 2, "image_id": 7, "category_id": 9, "bbox": [5, 0, 2, 1]}], "info": null}
    """

  private static let xml = """
    <?xml version="1.0"?>
    <!-- made by hand -->
    <annotation>
      <folder>images</folder><filename>one.jpg</filename>
      <size><width>8</width><height>4</height><depth>3</depth></size>
      <object><name>dog</name><part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>
        <bndbox><xmin>2</xmin><ymin>2</ymin><xmax>4</xmax><ymax>3</ymax></bndbox></object>
      <object><name>cat</name>
        <bndbox><xmin>6</xmin><ymin>1</ymin><xmax>7</xmax><ymax>1</ymax></bndbox></object>
    </annotation>
    """

  private let dog = drawn("........", ".###....", ".###....", "........")
  private let cat = drawn(".....##.", "........", "........", "........")

  private func expectBoth(_ truth: GroundTruth, hasBoxes: Bool = true) throws {
    #expect(truth.categories.map(\.name) == ["dog", "cat"])
    let index = TruthIndex(truth)
    let place = try #require(try index.place(of: "/elsewhere/images/one.jpg"))
    let placed = try truth.placed(truth.pictures[place], by: .same(width: 8, height: 4))
    #expect(placed.regions.map(\.inside) == [dog, cat])
    #expect(placed.regions.map(\.instances) == (hasBoxes ? [[dog], [cat]] : [[], []]))
    #expect(placed.regions.map(\.shownShare) == [1, 1])
    #expect(placed.notes == [])
    let region = try #require(placed.region(of: [0]))
    #expect(region.inside == dog && region.others == cat)
    #expect(placed.region(of: [2]) == nil)
    let both = try #require(placed.region(of: [0, 1]))
    #expect(both.inside == zip(dog, cat).map { $0 || $1 } && both.others == nil)
    #expect(both.instances == (hasBoxes ? [dog, cat] : []))
  }

  @Test(arguments: [
    (table, "boxes.csv", "table of boxes"), (json, "a.json", "COCO JSON"),
    (xml, "one.xml", "VOC XML"),
  ])
  func `a file says where things are`(text: String, name: String, form: String) throws {
    let truth = try TruthFolder.read(text, as: name)
    #expect(truth.form == form && truth.kind == .boxes)
    #expect(truth.pictures[0].size == PictureSize(width: 8, height: 4))
    try expectBoth(truth)
  }

  @Test func `a folder with one table is the table`() throws {
    try TruthFolder.with { folder in
      try folder.write(Self.table, to: "boxes.csv")
      try folder.write("a,b\n1,2\n", to: "others.csv")
      try folder.write("{\"name\": 1}", to: "others.json")
      try folder.writeMask([0, 255], width: 2, to: "masks/one_dog.png")
      try expectBoth(TruthFile.read(folder.path()))
      try folder.write(Self.json, to: "boxes.json")
      #expect(try TruthFile.read(folder.path()).form == "masks")
    }
  }

  @Test func `a folder of XML files says where things are`() throws {
    try TruthFolder.with { folder in
      try folder.write(Self.xml, to: "Annotations/one.xml")
      try folder.write("<annotation></annotation>", to: "Annotations/nothing.xml")
      let truth = try TruthFile.read(folder.path())
      #expect(truth.pictures.map(\.name) == ["Annotations/nothing", "one.jpg"])
      try expectBoth(truth)
    }
  }

  @Test(arguments: [
    ("classes.txt", "bird\ndog\ncat\n"), ("data.yaml", "nc: 3\nnames: [bird, 'dog', cat]\n"),
    ("data.yaml", "path: x\nnames:\n  0: bird\n  1: dog\n  2: \"cat\"\nnc: 3"),
    ("data.yaml", "names:\n- bird\n- dog\n- cat\ntrain: images"),
  ])
  func `a folder of YOLO files says where things are`(file: String, names: String) throws {
    try TruthFolder.with { folder in
      try folder.write(names, to: file)
      try folder.write(
        "1 0.3125 0.5 0.375 0.5\n\n2 0.75 0.125 0.25 0.25 0.9\n", to: "labels/one.txt")
      try folder.write("", to: "labels/empty.txt")
      let truth = try TruthFile.read(folder.path("labels"))
      #expect(truth.form == "YOLO text" && truth.kind == .boxes)
      #expect(truth.pictures.map(\.name) == ["empty", "one"])
      try expectBoth(truth)
    }
  }

  @Test func `YOLO polygons are filled, and numbers without names are classes`() throws {
    try TruthFolder.with { folder in
      try folder.write("11 0.125 0.25 0.5 0.25 0.5 0.75 0.125 0.75", to: "one.txt")
      let truth = try TruthFile.read(folder.path())
      #expect(truth.categories == [TruthCategory("class 11", meaning: .indices([11]))])
      #expect(truth.kind == .masks)
      let placed = try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
      #expect(placed.regions.map(\.inside) == [dog])
      #expect(placed.regions[0].instances == [dog])
    }
  }

  @Test func `masks hold numbers of categories`() throws {
    try TruthFolder.with { folder in
      var values = zip(dog, cat).map { UInt8($0 ? 1 : $1 ? 2 : 0) }
      values[31] = 255
      try folder.writeMask(values, width: 8, to: "masks/one.png")
      try folder.write("ground\ndog\ncat", to: "masks/names.txt")
      let truth = try TruthFile.read(folder.path("masks"))
      #expect(truth.form == "masks" && truth.kind == .masks)
      try expectBoth(truth, hasBoxes: false)
    }
  }

  @Test func `masks of one thing are called as their folder`() throws {
    try TruthFolder.with { folder in
      try folder.writeMask(dog.map { $0 ? 255 : 0 }, width: 8, to: "x/b dog/one.png")
      try folder.writeMask(cat.map { $0 ? 255 : 0 }, width: 8, to: "x/cat/one.png")
      let truth = try TruthFile.read(folder.path("x"))
      #expect(truth.categories.map(\.name) == ["b dog", "cat"])
      #expect(truth.pictures.map(\.name) == ["one"])
      let placed = try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
      #expect(placed.regions.map(\.inside) == [dog, cat])
      let single = try TruthFile.read(folder.path("x/cat"))
      #expect(single.categories == [TruthCategory("object", meaning: .any)])
      let file = try TruthFile.read(folder.path("x/cat/one.png"))
      #expect(
        file.pictures
          == single.pictures.map {
            TruthPicture(name: $0.name, size: $0.size, objects: file.pictures[0].objects)
          })
    }
  }

  @Test func `a palette's numbers are the values of a mask`() throws {
    // 2×2 pixels 0, 1, 2, 1 with the colors black, dark red and dark green.
    let bytes: [UInt8] = try #require(
      Data(
        base64Encoded:
          "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAMAAABFaP0WAAAACVBMVEUAAACAAA"
          + "AAgACmUGVTAAAADklEQVR4nGNgYGRgYgQAAA8ABSvcZE8AAAAASUVORK5CYII="
      )
    ).map { $0 }
    try TruthFolder.with { folder in
      let values = try MaskValues(reading: folder.write(bytes, to: "a.png"))
      #expect(values.values == [0, 1, 2, 1])
    }
  }

  @Test func `a mask of the table is what its category covers, whatever its boxes`() throws {
    try TruthFolder.with { folder in
      let table = """
        image,category,x0,y0,x1,y1,mask
        one.jpg,dog,0,0,4,4,masks/dog.png
        one.jpg,dog,4,0,8,4,masks/dog.png
        """
      try folder.writeMask(dog.map { $0 ? 255 : 10 }, width: 8, to: "masks/dog.png")
      let truth = try TruthFile.read(folder.write(table, to: "boxes.csv"))
      let placed = try truth.placed(truth.pictures[0], by: .same(width: 8, height: 4))
      #expect(placed.regions.map(\.inside) == [dog])
      let left = (0..<32).map { $0 % 8 < 4 }
      #expect(placed.regions[0].instances == [left, left.map { !$0 }])
    }
  }

  @Test func `bands are positions or stretches`() throws {
    let truth = try TruthFolder.read(
      "class,wavenumber,assignment\nPE,720,rock\nPVC,616,\"C-Cl, stretch\"\nPE,1470,\n",
      as: "bands.csv")
    #expect(truth.kind == .bands && truth.categories.map(\.name) == ["PE", "PVC"])
    #expect(
      truth.bands == [
        TruthBand(category: 0, lower: 720, upper: 720, assignment: "rock"),
        TruthBand(category: 1, lower: 616, upper: 616, assignment: "C-Cl, stretch"),
        TruthBand(category: 0, lower: 1470, upper: 1470),
      ])
    let stretches = try TruthFolder.read("class;from;to\nPE;740;700\n", as: "bands.csv")
    #expect(stretches.bands == [TruthBand(category: 0, lower: 700, upper: 740)])
  }
}
