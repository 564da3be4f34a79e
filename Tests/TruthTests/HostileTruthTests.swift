import Testing

@testable import Truth

struct HostileTruthTests {
  @Test(arguments: [
    ("", "t.csv", "is empty"),
    ("hello", "t.txt", "COCO JSON"),
    ("a,b\n1,2\n", "t.csv", "a table of boxes"),
    ("image,category,x0,y0,x1,y1\n", "t.csv", "no picture is described"),
    ("image,category,x0,y0,x1,y1\na.png,dog,1,2,nan,4\n", "t.csv", "row 2: \"nan\""),
    ("image,category,x0,y0,x1,y1\na.png,dog,1,2,1e300,4\n", "t.csv", "right edge"),
    ("image,category,x0,y0,x1,y1\na.png,dog,1,2,3\n", "t.csv", "3 of its 4 edges"),
    ("image,category,x0,y0,x1,y1\na.png,,1,2,3,4\n", "t.csv", "category is missing"),
    (
      "image,category,classes,x0,y0,x1,y1\na.png,dog,-4,1,2,3,4\n", "t.csv", "no indices of classes"
    ),
    (
      "image,category,classes,x0,y0,x1,y1\na.png,dog,4,1,2,3,4\na.png,dog,5,1,2,3,4\n", "t.csv",
      "row 3: \"dog\" stands for other classes"
    ),
    (
      "image,category,width,height,x0,y0,x1,y1\na.png,dog,4,4,1,2,3,4\na.png,cat,5,4,1,2,3,4\n",
      "t.csv", "row 3: a.png has 5×4 pixels here and 4×4 before"
    ),
    ("class,wavenumber\nPE,\n", "t.csv", "position of the band is missing"),
    ("class,wavenumber\nPE,inf\n", "t.csv", "row 2"),
    ("class,wavenumber\n", "t.csv", "holds no bands"),
    ("{", "t.json", "no valid JSON"),
    ("[]", "t.json", "images, annotations and categories"),
    ("{}", "t.json", "has no \"images\""),
    ("{\"images\":[],\"annotations\":[],\"categories\":[]}", "t.json", "no picture is described"),
    (
      "{\"images\":[{\"id\":1,\"file_name\":3}],\"annotations\":[],\"categories\":[]}", "t.json",
      "images[0].file_name"
    ),
    ("<svg></svg>", "t.xml", "no VOC annotation"),
    ("<annotation><object><name>dog</name></object>", "t.xml", "cut off"),
    ("<annotation></object></annotation>", "t.xml", "closes nothing"),
    ("<annotation><object><name>dog</name></object></annotation>", "t.xml", "object 1: xmin"),
    ("<annotation><object></object></annotation>", "t.xml", "object 1: its name is missing"),
  ])
  func `a file that is no truth says what is wrong`(
    text: String, name: String, part: String
  ) throws {
    let error = try #require(try TruthFolder.failure(text, as: name))
    #expect(error.description.contains(part), "\(error)")
    #expect(error.description.contains(name))
  }

  private func annotation(_ text: String) -> String {
    """
    {"images": [{"id": 1, "file_name": "a.png", "width": 4, "height": 3}],
     "categories": [{"id": 1, "name": "dog"}], "annotations": [{"image_id": 1, \(text)}]}
    """
  }

  @Test(arguments: [
    ("\"category_id\": 2, \"bbox\": [0, 0, 1, 1]", "of image 1 and category 2"),
    ("\"category_id\": 1", "neither a bbox nor a segmentation"),
    ("\"category_id\": 1, \"bbox\": [0, 0, 1]", "3 numbers"),
    ("\"category_id\": 1, \"bbox\": [0, 0, 1, 1e300]", "bottom edge"),
    ("\"category_id\": 1, \"segmentation\": [[0, 0, 1]]", "pairs of pixels"),
    ("\"category_id\": 1, \"segmentation\": {\"size\": [3, 4], \"counts\": [5]}", "5 pixels"),
    ("\"category_id\": 1, \"segmentation\": {\"size\": [3], \"counts\": [5]}", "rows and columns"),
    (
      "\"category_id\": 1, \"segmentation\": {\"size\": [3, 4], \"counts\": \"zz\"}", "mean nothing"
    ),
    (
      "\"category_id\": 1, \"segmentation\": {\"size\": [3000000000, 4000000000], \"counts\": []}",
      "no size of a picture"
    ),
    ("\"category_id\": 1, \"segmentation\": 5", "annotations[0].segmentation"),
  ])
  func `an annotation that is none says which`(text: String, part: String) throws {
    let error = try #require(try TruthFolder.failure(annotation(text), as: "t.json"))
    #expect(error.description.contains("annotations[0]"), "\(error)")
    #expect(error.description.contains(part), "\(error)")
  }

  @Test(arguments: [100, 1000, 200_000])
  func `deep nesting is refused`(depth: Int) throws {
    let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try TruthFolder.failure(json, as: "t.json") != nil)
    #expect(
      try TruthFolder.failure(
        annotation("\"category_id\": 1, \"segmentation\": \(json)"), as: "t.json") != nil)
    let xml = String(repeating: "<annotation>", count: depth)
    #expect(try TruthFolder.failure(xml, as: "t.xml") != nil)
  }

  @Test func `entities do not grow`() throws {
    let entities = (1..<30).map { "<!ENTITY a\($0) \"&a\($0 - 1);&a\($0 - 1);\">" }.joined()
    let xml = """
      <?xml version="1.0"?><!DOCTYPE annotation [<!ENTITY a0 "ha">\(entities)]>
      <annotation><filename>&a29;</filename></annotation>
      """
    let truth = try? TruthFolder.read(xml, as: "t.xml")
    #expect((truth?.pictures.first?.name.count ?? 0) < 100)
  }

  @Test func `boxes without area are left out and counted`() throws {
    let truth = try TruthFolder.read(
      "image,category,x0,y0,x1,y1\na.png,dog,3,2,1,4\na.png,dog,1,2,3,2\na.png,dog,1,2,3,4\n",
      as: "t.csv")
    #expect(truth.pictures[0].objects.count == 1)
    #expect(
      truth.notes == [
        "2 boxes have no area (right ≤ left or bottom ≤ top; first in a.png) and are left out."
      ])
  }

  @Test(arguments: [
    ("0 0.5 0.5 0.1", "3 numbers"), ("0 100 200 30 40", "are these pixels"),
    ("dog 0.5 0.5 0.1 0.1", "not a category's number"), ("0 0.5 nan 0.1 0.1", "beyond 0…1"),
    ("0 0.5 0.5 0.1 0.1 0.2 0.2 0.3", "7 numbers"), ("4 0.5 0.5 0.1 0.1", "category 4 has no name"),
  ])
  func `lines of YOLO that are none say which`(line: String, part: String) throws {
    try TruthFolder.with { folder in
      try folder.write("dog\ncat\n", to: "classes.txt")
      try folder.write("0 0.5 0.5 0.5 0.5\n", to: "a.txt")
      try folder.write("0 0.5 0.5 0.5 0.5\n\(line)\n", to: "b.txt")
      let error = #expect(throws: TruthError.self) { try TruthFile.read(folder.path()) }
      #expect(error?.description.contains(part) == true)
      #expect(error?.description.contains("b.txt: line 2") == true)
    }
  }

  @Test func `folders and masks that are none say so`() throws {
    try TruthFolder.with { folder in
      #expect(throws: TruthError.self) { try TruthFile.read(folder.path("absent")) }
      let empty = #expect(throws: TruthError.self) { try TruthFile.read(folder.path()) }
      #expect(empty?.description.contains("is empty") == true)
      try folder.write("hello", to: "readme.md")
      let other = #expect(throws: TruthError.self) { try TruthFile.read(folder.path()) }
      #expect(other?.code == .unknownFormat)
      try folder.write("no picture", to: "a.png")
      let broken = #expect(throws: TruthError.self) { try TruthFile.read(folder.path()) }
      #expect(broken?.description.contains("a.png") == true)
    }
  }
}
