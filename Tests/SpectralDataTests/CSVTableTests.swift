import SpectralData
import Testing

struct CSVTableTests {
  @Test func `cells that would be taken apart are in quotes, and quotes are doubled`() {
    var table = CSVTable(quoting: .demanded)
    table.append(["plain", "a,b", "say \"x\"", "two\nlines", "a; b", " blank", "#1", ""])
    table.append(["1.5"])
    #expect(
      table.text == "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",a; b, blank,#1,\n1.5\n")
  }

  @Test func `with caution, so are those that other readers would take apart`() {
    var table = CSVTable(quoting: .cautious)
    table.append(["a;b", "a\tb", "#1", " a", "a ", "a b", "-1e-5", "ä"])
    table.append([])
    #expect(table.text == "\"a;b\",\"a\tb\",\"#1\",\" a\",\"a \",a b,-1e-5,ä\n\n")
  }
}
