import Testing

@testable import Truth

struct TruthIndexTests {
  private func index(_ names: String...) -> TruthIndex {
    TruthIndex(
      GroundTruth(
        form: "test", categories: [],
        pictures: names.map { TruthPicture(name: $0, objects: []) }))
  }

  @Test(arguments: [
    ("/data/images/a.jpg", 0), ("a.jpg", 0), ("b.png", 1), ("x/b.jpeg", 1), ("c.jpg", nil),
    ("deep/1.tiff", 2), ("e.f.jpg", 3), ("e.jpg", nil), ("B.JPG", nil),
  ])
  func `files have the truth of their name`(path: String, place: Int?) throws {
    #expect(try index("images/a.jpg", "b.jpg", "1", "e.f").place(of: path) == place)
  }

  @Test func `folders tell equal names apart`() throws {
    let index = index("cat/1.jpg", "dog/1.jpg", "dog/1.png")
    #expect(try index.place(of: "all/cat/1.jpg") == 0)
    #expect(try index.place(of: "all/dog/1.jpg") == 1)
    #expect(try index.place(of: "all/dog/1.png") == 2)
    #expect(try index.place(of: "all\\dog\\1.png") == 2)
    let error = #expect(throws: TruthError.self) { try index.place(of: "1.jpg") }
    #expect(error?.code == .unmatchedFile)
    #expect(error?.description.contains("cat/1.jpg and dog/1.jpg") == true)
  }

  @Test func `files and truth without each other are told`() throws {
    let differences = try index("a.jpg", "b.jpg", "c.jpg").differences(from: [
      "x/b.jpg", "x/d.jpg",
    ])
    #expect(differences.filesWithoutTruth == ["x/d.jpg"])
    #expect(differences.truthWithoutFile == ["a.jpg", "c.jpg"])
    #expect(
      differences.sentences == [
        "1 of 2 files have no truth (first: x/d.jpg).",
        "2 of 3 pictures with truth are not among the files (first: a.jpg).",
      ])
  }
}
