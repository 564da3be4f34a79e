import Testing

@testable import StudyReports

@Suite struct WordsTests {
  @Test func `percentages are 100 only for all and 0 only for none`() {
    #expect(Words.percent(1) == "100\u{A0}%" && Words.percent(0) == "0\u{A0}%")
    #expect(Words.percent(0.9999) == "> 99.9\u{A0}%")
    #expect(Words.percent(0.0001) == "< 0.1\u{A0}%")
    #expect(Words.percent(0.9876) == "98.8\u{A0}%")
    #expect(Words.percent(0.125, decimals: 0) == "12\u{A0}%")
  }

  @Test func `numbers keep their digits and have a true minus`() {
    #expect(Words.number(0.012345) == "0.0123" && Words.number(-1234.5) == "\u{2212}1234")
    #expect(Words.number(0) == "0" && Words.number(.infinity) == "∞")
    #expect(Words.decimals(-0.001, 1) == "0.0" && Words.signed(0.26, 1) == "+0.3")
    #expect(Words.interval(0.97, 1.04) == "97.0 to 100\u{A0}%")
    #expect(Words.probability(0.0001) == "p < 0.001" && Words.probability(0.37) == "p = 0.37")
    #expect(Words.list(["a", "b", "c"]) == "a, b and c" && Words.list(["a"]) == "a")
  }
}
