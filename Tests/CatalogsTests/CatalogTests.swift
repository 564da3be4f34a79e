import Catalogs
import Testing

/// What catalogs say of names.
struct CatalogTests {
  struct Fruit: CatalogEntry {
    let id: String
    let summary = "can be eaten"
  }

  static let fruits = Catalog("fruit", ["apple", "apricot", "pear"].map(Fruit.init))

  @Test func `an entry is found by its id`() {
    #expect(Self.fruits["pear"]?.id == "pear")
    #expect(Self.fruits["Pear"] == nil && Self.fruits["plum"] == nil)
    #expect(Self.fruits.ids == ["apple", "apricot", "pear"])
    #expect(Self.fruits.map(\.id) == Self.fruits.ids && Self.fruits.count == 3)
  }

  @Test(arguments: [
    (
      "aple",
      "there is no fruit \"aple\". Did you mean \"apple\"? There are apple, apricot, pear"
    ),
    ("strawberry-jam", "there is no fruit \"strawberry-jam\". There are apple, apricot, pear"),
  ])
  func `a wrong id is told the nearest and all`(id: String, sentence: String) {
    #expect(Self.fruits.absence(of: id) == sentence)
  }

  @Test func `names that contain the word come first`() {
    let sentence = Suggestions.sentence(for: "conv", among: ["block/conv", "pool", "cone"])
    #expect(sentence == " Did you mean \"block/conv\", \"cone\"?")
  }
}
