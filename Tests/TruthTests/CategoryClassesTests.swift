import Testing

@testable import Truth

struct CategoryClassesTests {
  private let labels = [
    "tench, Tinca tinca", "crane", "great white shark, white shark, man-eater", "Crane",
    "n02123045 tabby, tabby cat", "hot dog", "mother's day",
  ]

  @Test(arguments: [
    ("tench", [0]), ("Tinca_tinca", [0]), ("TENCH, TINCA TINCA", [0]), ("White-Shark", [2]),
    ("man eater", [2]), ("crane", [1, 3]), ("n02123045", [4]), ("n02123045-tabby", [4]),
    ("tabby_cat", [4]), ("hotdog", []), ("shark", []), ("", []), ("whale, white shark", [2]),
    ("mother's  day", [6]),
  ])
  func `names are labels or one of their synonyms`(name: String, classes: [Int]) throws {
    let found = try CategoryClasses(
      [TruthCategory(name), TruthCategory("tench")], labels: labels, classCount: 7)
    #expect(found.classes == [classes, [0]])
    #expect(found.unmatched == (classes.isEmpty ? [name] : []))
  }

  @Test func `indices stand for themselves, and one thing for all classes`() throws {
    let found = try CategoryClasses(
      [
        TruthCategory("bowl", meaning: .indices([1, 5])), TruthCategory("object", meaning: .any),
        TruthCategory("crane"),
      ], labels: labels, classCount: 7)
    #expect(found.classes == [[1, 5], nil, [1, 3]])
    #expect(found.categories(of: 1) == [0, 1, 2])
    #expect(found.categories(of: 6) == [1])
    #expect(found.notes == ["Several classes have the name of: crane."])
  }

  @Test func `names that are no labels are told with near ones`() throws {
    let found = try CategoryClasses(
      [TruthCategory("hotdog"), TruthCategory("tench")], labels: labels, classCount: 7)
    #expect(
      found.notes == [
        "no class of the network is called \"hotdog\" (hotdog: Did you mean \"hot dog\"?)."
      ])
  }

  @Test func `truth that stands for no class is refused`() {
    let none = #expect(throws: TruthError.self) {
      try CategoryClasses([TruthCategory("zebra")], labels: labels, classCount: 7)
    }
    #expect(none?.code == .unknownCategory)
    let unlabelled = #expect(throws: TruthError.self) {
      try CategoryClasses([TruthCategory("zebra")], labels: nil, classCount: 7)
    }
    #expect(unlabelled?.description.contains("the network has no labels") == true)
    let beyond = #expect(throws: TruthError.self) {
      try CategoryClasses(
        [TruthCategory("bowl", meaning: .indices([659]))], labels: nil, classCount: 10)
    }
    #expect(beyond?.description.contains("class 659, but the network has 10") == true)
  }
}
