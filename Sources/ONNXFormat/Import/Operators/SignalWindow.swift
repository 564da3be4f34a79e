import Foundation
import TensorCore

extension ImportFamily {
  /// Known numbers that networks for sound multiply spectra with.
  static let signalWindow = ImportFamily(
    "SignalWindow",
    [
      window("HannWindow", [0.5, -0.5]),
      window("HammingWindow", [25.0 / 46, -21.0 / 46]),
      window("BlackmanWindow", [0.42, -0.5, 0.08]),
      ImportEntry("MelWeightMatrix", "triangles on the scale of pitch", mel),
    ])

  /// A sum of cosines with 0, 1, 2 … turns.
  private static func window(_ operatorType: String, _ terms: [Double]) -> ImportEntry {
    ImportEntry(operatorType, "a sum of cosines, known numbers") { (site) throws(ONNXError) in
      let count = Int(try site.number(0, "the size") ?? 0)
      let isPeriodic = try site.attributes.flag("periodic", default: true)
      guard (1...HostTensor.maximumFoldedCount).contains(count) else {
        throw ONNXError(.malformedFile, "a window of \(count) numbers")
      }
      let length = Double(max(1, isPeriodic ? count : count - 1))
      let numbers = (0..<count).map { place in
        terms.enumerated().reduce(0) { sum, term in
          sum + term.element * cos(2 * Double.pi * Double(term.offset * place) / length)
        }
      }
      return [.known(HostTensor(shape: [count], floats: numbers.map { Float($0) }))]
    }
  }

  private static func mel(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    guard let bands = try site.number(0, "the number of bands"),
      let length = try site.number(1, "the length"), let rate = try site.number(2, "the rate"),
      let lowest = try site.number(3, "the lowest frequency"),
      let highest = try site.number(4, "the highest frequency"), (1...4096).contains(bands),
      (1...65_536).contains(length), rate > 0, (0...highest).contains(lowest)
    else { throw ONNXError(.malformedFile, "bands, length, rate or frequencies are missing") }
    let (columns, rows) = (Int(bands), Int(length) / 2 + 1)
    func pitch(_ frequency: Double) -> Double { 2595 * log10(1 + frequency / 700) }
    let step = (pitch(highest) - pitch(lowest)) / Double(columns + 2)
    let edges = (0..<(columns + 2)).map { index -> Int in
      let frequency = 700 * (pow(10, (pitch(lowest) + Double(index) * step) / 2595) - 1)
      return min(Int(((length + 1) * frequency / rate).rounded(.down)), rows - 1)
    }
    var matrix = Tensor(shape: [rows, columns], repeating: 0)
    for band in 0..<columns {
      let (start, center, end) = (edges[band], edges[band + 1], edges[band + 2])
      for row in start..<center {
        matrix[row, band] = Float(row - start) / Float(center - start)
      }
      matrix[center, band] = 1
      for row in center..<max(end, center) {
        matrix[row, band] = Float(end - row) / Float(end - center)
      }
    }
    return [.known(HostTensor(shape: matrix.shape, floats: matrix.elements))]
  }
}
