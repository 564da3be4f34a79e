import Catalogs
import Testing

/// Settings are read, checked and completed in one place.
struct SettingsTests {
  enum Color: String, CaseIterable { case red, green }

  static let count = Parameter("count", "how many", standard: 3, .whole(1...9))
  static let share = Parameter("share", "which part", standard: 0.5, .number(0...1))
  static let color = Parameter("color", "which color", standard: Color.green)
  static let isLarge = Parameter("large", "whether it is large", standard: false)
  static let sizes = Parameter("sizes", "how long", standard: [4, 2], .wholes(1...9, count: 1...3))
  static let name = Parameter<String>(
    "name", "what it is called", standard: nil,
    Domain("a name", read: { $0.isEmpty ? nil : $0 }, write: { $0 }))
  static let parameters: [any ParameterDescription] = [count, share, color, isLarge, sizes]

  @Test func `what is not given has its standard value`() throws {
    let settings = try Settings(["count": "7", "color": "red"], for: Self.parameters, of: "box")
    #expect(settings[Self.count] == 7 && settings[Self.color] == .red)
    #expect(settings[Self.share] == 0.5 && !settings[Self.isLarge])
    #expect(settings[Self.sizes] == [4, 2])
    let texts = ["count": "7", "share": "0.5", "color": "red", "large": "false", "sizes": "4,2"]
    #expect(settings.texts == texts)
    #expect(settings.contains(Self.count) && !settings.contains(Self.name))
  }

  @Test func `a text is kept as it was written`() throws {
    let settings = try Settings(["share": "5e-1"], for: Self.parameters, of: "box")
    #expect(settings[Self.share] == 0.5 && settings.texts["share"] == "5e-1")
  }

  @Test func `a text that stands for another is replaced by it`() throws {
    let domain = Domain<Int>(
      "a word", rewritesText: true, read: { $0 == "two" ? 2 : Int($0) }, write: { "\($0)" })
    let parameter = Parameter("number", "which", standard: 1, domain)
    let settings = try Settings(["number": "two"], for: [parameter], of: "box")
    #expect(settings[parameter] == 2 && settings.texts == ["number": "2"])
  }

  @Test(arguments: [
    ("cuont", "1", "box has no setting \"cuont\"; it has count, share, color, large, sizes"),
    ("count", "10", "box: count is a whole number in 1…9, not \"10\""),
    ("share", "nan", "box: share is a number in 0…1, not \"nan\""),
    ("color", "blue", "box: color is red or green, not \"blue\""),
    ("large", "yes", "box: large is true or false, not \"yes\""),
    ("sizes", "1;2", "box: sizes is 1 to 3 whole numbers in 1…9, separated by commas, not \"1;2\""),
    ("sizes", "1,10", "box: sizes is 1 to 3 whole"), ("sizes", "", "box: sizes is 1 to 3 whole"),
  ])
  func `what is wrong is said where it is read`(name: String, text: String, part: String) throws {
    let error = #expect(throws: SettingsError.self) {
      try Settings([name: text], for: Self.parameters, of: "box")
    }
    #expect(error?.description.hasPrefix(part) == true, "\(error?.description ?? "")")
  }

  @Test func `an entry without parameters takes none`() {
    #expect { try Settings(["a": "1"], for: [], of: "box") } throws: {
      "\($0)" == "box has no setting \"a\"; it has none"
    }
  }

  @Test func `what has no standard value must be given, and nothing twice`() throws {
    #expect { try Settings(for: [Self.name], of: "box") } throws: {
      "\($0)" == "box needs name= (what it is called)"
    }
    #expect {
      try Settings([("name", "a"), ("name", "b")], for: [Self.name], of: "box")
    } throws: { "\($0)" == "box: name is given twice" }
    #expect(try Settings(["name": "a"], for: [Self.name], of: "box")[Self.name] == "a")
  }

  @Test func `a value can be set in a program`() throws {
    var settings = try Settings(for: Self.parameters, of: "box")
    settings[Self.color] = .red
    #expect(settings[Self.color] == .red && settings.texts["color"] == "red")
    #expect(try settings == Settings(["color": "red"], for: Self.parameters, of: "box"))
  }

  @Test func `reading what an entry does not have is a defect`() async {
    await #expect(processExitsWith: .failure) {
      _ = try Settings(for: [Self.count], of: "box")[Self.share]
    }
  }

  @Test func `help shows the standard value first`() {
    #expect(Self.count.usage == "3 (1…9)" && Self.share.usage == "0.5 (0…1)")
    #expect(Self.color.usage == "green|red" && Self.isLarge.usage == "false|true")
    #expect(Self.name.usage == "a name")
    #expect(Parameter("n", "", standard: 0, .whole(0 ... .max)).usage == "0 (0 or more)")
    #expect(Self.color.with(standard: .red, summary: "other").usage == "red|green")
    #expect(Self.color.words == ["green", "red"] && Self.count.words.isEmpty)
  }

  @Test func `numbers without a bound say so`() {
    #expect(Domain.number(-1e300...1e300).phrase == "a number")
    #expect(Domain.number(0...1e300).phrase == "a number from 0")
    #expect(Domain.whole(2 ... .max).phrase == "a whole number from 2")
  }
}
