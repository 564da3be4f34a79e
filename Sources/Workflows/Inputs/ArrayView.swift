import Explanations
import ImageData
import SpectralData
import TensorCore

/// What figures show of an array.
struct ArrayView: Sendable {
  private let kind: InputKind
  /// The channels that pictures and volumes show, from 0: three as red, green and blue, or one.
  private let channels: [Int]

  /// Decides what is shown.
  ///
  /// - Parameters:
  ///   - input: What the array is given to.
  ///   - channels: One channel or three, from 1; the first three by default, or the first.
  /// - Throws: `WorkflowError` when there are no such channels.
  init(_ input: NetworkInput, channels: [Int]?) throws(WorkflowError) {
    kind = InputKind(input)
    let count = input.shape[0]
    let usual = count >= 3 && kind != .volume ? [1, 2, 3] : [1]
    let isShown = kind == .picture || kind == .bands || kind == .volume
    let chosen = isShown ? channels ?? usual : [1]
    guard chosen.count == 1 || chosen.count == 3, chosen.allSatisfy((1...count).contains) else {
      throw WorkflowError(
        .invalidSetting,
        "--show-channels takes one channel or three from 1 to \(count), such as "
          + "\(usual.map(String.init).joined(separator: ","))")
    }
    self.channels = chosen.map { $0 - 1 }
  }

  /// What is drawn of a sample `[channels, positions…]`.
  ///
  /// - Throws: `SpectrumError` when a value of a spectrum is not finite.
  func display(_ sample: Tensor) throws -> PreparedInput.Display {
    switch kind {
    case .picture, .bands: .picture(picture(sample))
    case .spectrum:
      .spectrum(
        try Spectrum(
          axis: SpectralAxis(indexCount: sample.shape[1]), intensities: sample.elements))
    case .series: .series((0..<sample.shape[0]).map { sample.part($0).elements })
    case .volume:
      .volume(
        VolumeMontage(sample.part(channels[0]).reshaped(to: Self.volume(sample.shape.extents))))
    case .row: .row(sample.elements)
    }
  }

  /// Which channels or slices are drawn, where that is not all of a sample.
  func shownPart(_ sample: Tensor) -> String? {
    let names = channels.map { "\($0 + 1)" }.joined(separator: ", ")
    let isPart = channels.count < sample.shape[0]
    let word = channels.count == 1 ? "channel " : "channels "
    switch kind {
    case .picture, .bands: return isPart ? word + names : nil
    case .volume:
      let count = Self.volume(sample.shape.extents)[0]
      let step = Double(count) / Double(min(count, VolumeMontage.greatestCount))
      let slices = step == 1 ? "\(count) slices" : "every \(Self.ordinal(step)) slice of \(count)"
      return (isPart ? word + names + ", " : "") + slices
    case .spectrum, .series, .row: return nil
    }
  }

  /// A number of slices from one to the next, as `2nd` or `2.5th`.
  private static func ordinal(_ step: Double) -> String {
    let text = step == step.rounded() ? "\(Int(step))" : "\((step * 10).rounded() / 10)"
    return text + (["2": "nd", "3": "rd"][text] ?? "th")
  }

  /// Slices, rows and columns; further axes in front count slices.
  private static func volume(_ extents: [Int]) -> Shape {
    let plane = Array(extents.suffix(2))
    return Shape([extents.dropFirst().dropLast(2).reduce(1, *)] + plane)
  }

  private func picture(_ sample: Tensor) -> Picture {
    let (height, width) = (sample.shape[1], sample.shape[2])
    let planes = channels.map { StretchedChannel(sample.part($0).elements).bytes }
    var pixels = [UInt8](repeating: 0, count: 3 * width * height)
    for channel in 0..<3 {
      let plane = planes[min(channel, planes.count - 1)]
      for index in plane.indices { pixels[3 * index + channel] = plane[index] }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }
}

/// A channel as shades: the 2nd percentile is black and the 98th white.
struct StretchedChannel {
  /// One shade for each number; what is not finite is black.
  let bytes: [UInt8]

  init(_ values: [Float]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard let first = sorted.first, let last = sorted.last else {
      bytes = Array(repeating: 0, count: values.count)
      return
    }
    let margin = sorted.count * 2 / 100
    var (low, high) = (sorted[margin], sorted[sorted.count - 1 - margin])
    if low == high { (low, high) = (first, last) }
    let scale = high > low ? 255 / (high - low) : 0
    bytes = values.map { value in
      value.isFinite ? UInt8(min(255, max(0, (value - low) * scale)).rounded()) : 0
    }
  }
}
