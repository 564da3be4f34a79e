import Foundation
import SpectralData
import TensorCore
import Testing

struct LongTableTests {
  private func read(_ text: String) throws -> [SpectralDataset] {
    try SampleFiles.read(Array(text.utf8), "csv")
  }

  @Test func `lines become spectra with the columns that say which`() throws {
    let data = try read(SampleFiles.long)[0]
    #expect(data.axis.positions == [4000, 3000, 2000])
    #expect(data.rows == [[1, 2, 3], [4, 5, 6]])
    #expect(data.labels == ["a", "b"] && data.names == ["s1", "s2"])
    #expect(data.metadata.map(\.name) == ["sample", "class"])
  }

  @Test func `maps are read with their places, whatever stands between columns`() throws {
    for gap in ["\t\t", "\t", " "] {
      let text = ["#X", "#Y", "#Wave", "#Intensity"].joined(separator: gap) + "\n"
      let lines = [
        (0, 0, 900, 5), (0, 0, 800, 6), (0, 0, 700, 4), (0, 1, 900, 7), (0, 1, 800, 8),
        (0, 1, 700, 9),
      ]
      let body = lines.map { "\($0.0).0\t\($0.1).5\t\($0.2).0\t\($0.3).25\n" }.joined()
      let data = try read(text + body)[0]
      #expect(data.axis.positions == [900, 800, 700])
      #expect(data.rows == [[5.25, 6.25, 4.25], [7.25, 8.25, 9.25]])
      #expect(data.metadata.map(\.name) == ["X", "Y"])
      #expect(data.metadata[1].values == ["0.5", "1.5"] && data.roles.targets.isEmpty)
    }
  }

  @Test func `lines may be in any order, and spectra may lie on several axes`() throws {
    let data = try read(
      "id;nm;absorbance\na;400;1\nb;400;4\na;410;2\nb;410;5\nb;405;6\na;405;3\nc;1;1\nc;2;2\n")
    #expect(data.count == 2 && data[0].axis.positions == [400, 405, 410])
    #expect(data[0].rows == [[1, 3, 2], [4, 6, 5]] && data[0].axis.unit == .nanometer)
    #expect(data[1].rows == [[1, 2]] && data[0].ordinate == .absorbance)
  }

  @Test func `columns of spectra are not taken for a long table`() throws {
    let data = try read("wavenumber,intensity,baseline\n4000,1,0.5\n3000,2,0.25\n2000,3,0.75\n")
    #expect(data[0].rows == [[1, 2, 3], [0.5, 0.25, 0.75]])
  }

  @Test func `points without a first line are not taken for spectra of three points`() throws {
    let lines = (0..<60).map { "\($0 / 30) 0 \(900 - $0 % 30) 0.5" }
    let data = try read(lines.joined(separator: "\n"))[0]
    #expect(data.rows.count == 2 && data.axis.count == 30)
  }

  @Test(arguments: [
    "sample,nm,value\na,400,1\na,400,2\na,401\n", "sample,nm,value\na,400,1\nb,400,x\n",
    "sample,nm,value\na,400,1\nb,NA,2\nb,400,3\n",
  ])
  func `damaged lines are refused`(text: String) throws {
    #expect(throws: SpectrumError.self) { try read(text) }
  }
}
