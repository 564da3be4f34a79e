import Foundation
import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Transforms of signals to frequencies, by matrices that are known.
  static let fourierTransform = ImportFamily(
    "FourierTransform",
    [
      ImportEntry(
        "DFT", opsets: 17...ImportCatalog.opsets.upperBound, "products with sines and cosines",
        transform),
      ImportEntry(
        "STFT", opsets: 17...ImportCatalog.opsets.upperBound,
        "a convolution with windowed sines and cosines", shortTime),
    ])

  private static func transform(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 2)
    let rank = x.shape.rank
    let standard = try site.attributes.integer("axis", default: site.opset < 20 ? 1 : -2)
    let given = try site.number(2, "the axis").map { Int($0) } ?? standard
    let axis = try site.axis(given, rank: rank)
    let isInverse = try site.attributes.flag("inverse", default: false)
    let isOneSided = try site.attributes.flag("onesided", default: false)
    let length = try site.number(1, "the length").map { Int($0) } ?? x.shape[axis]
    guard let parts = x.shape.extents.last, (1...2).contains(parts), axis < rank - 1,
      (1...4096).contains(length), !(isInverse && isOneSided), x.shape[axis] > 0
    else { throw ONNXError(.outOfScope, "a transform of length \(length) of \(x.shape)") }
    let rows = isOneSided ? length / 2 + 1 : length
    let waves = Waves(rows: rows, length: length, columns: x.shape[axis])
    let scale = isInverse ? 1 / Float(length) : 1
    let (cosines, sines) = (waves.cosines.map { $0 * scale }, waves.sines.map { $0 * scale })
    func part(_ index: Int) -> Value { x.sliced(rank - 1, start: index, count: 1) }
    // exp(−iφ) = cos φ − i sin φ, and the other way back.
    let sign: Float = isInverse ? -1 : 1
    var real = part(0).transformed(axis, by: cosines)
    var imaginary = part(0).transformed(axis, by: sines) * -sign
    if parts == 2 {
      real = real + part(1).transformed(axis, by: sines) * sign
      imaginary = imaginary + part(1).transformed(axis, by: cosines)
    }
    return [.computed(.concatenated([real, imaginary], axis: rank - 1), .float32)]
  }

  private static func shortTime(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let signal = try site.value(0, minimumRank: 2)
    let (samples, count) = (signal.shape[0], signal.shape[1])
    let window = try site.known(2, "the window")
    let step = Int(try site.number(1, "the step") ?? 0)
    let length = try site.number(3, "the length").map { Int($0) } ?? window?.count ?? 0
    guard signal.shape.elementCount == samples * count, (1...count).contains(step),
      (1...min(count, 16_384)).contains(length), window?.count ?? length == length
    else {
      throw ONNXError(.outOfScope, "frames of \(length) every \(step) of \(signal.shape)")
    }
    let isOneSided = try site.attributes.flag("onesided", default: true)
    let rows = isOneSided ? length / 2 + 1 : length
    let waves = Waves(rows: rows, length: length, columns: length)
    let shape = window?.floats ?? Array(repeating: 1, count: length)
    let elements = (waves.cosines.elements + waves.sines.elements.map { -$0 }).enumerated().map {
      $1 * shape[$0 % length]
    }
    let weights = site.builder.constant(
      Tensor(shape: [2 * rows, 1, length], elements: elements))
    let slide = SlidingWindow(
      rank: 1, strides: [step], dilations: [1], paddingBefore: [0], paddingAfter: [0])
    let frames = signal.reshaped(to: [samples, 1, count])
      .convolved(with: weights, Convolution(window: slide, groups: 1))
    let result = try site.checked(frames)
      .reshaped(to: [samples, 2, rows, frames.shape[2]]).transposed([0, 3, 2, 1])
    return [.computed(result, .float32)]
  }
}

/// Sines and cosines of whole numbers of turns over a length, `[rows, columns]`.
private struct Waves {
  let cosines: Tensor
  let sines: Tensor

  init(rows: Int, length: Int, columns: Int) {
    var (cosines, sines): ([Float], [Float]) = ([], [])
    for row in 0..<rows {
      for column in 0..<columns {
        // What is longer than the transform is cut off.
        let angle = 2 * Double.pi * Double(row * column % length) / Double(length)
        cosines.append(column < length ? Float(cos(angle)) : 0)
        sines.append(column < length ? Float(sin(angle)) : 0)
      }
    }
    self.cosines = Tensor(shape: [rows, columns], elements: cosines)
    self.sines = Tensor(shape: [rows, columns], elements: sines)
  }
}
