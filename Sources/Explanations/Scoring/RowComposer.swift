import TensorCore

/// Makes masked inputs of one sample.
struct RowComposer {
  private let shape: Shape
  private let channels: ChannelRows
  private let fills: [RowFill: [Float]]
  /// Noise as large as the input's range for every value, the same in all rows; none where no fill has noise.
  private let noises: [Float]

  /// Makes the fills.
  ///
  /// - Throws: `ExplanationError` for those that are not known, or do not fit the input.
  init(_ sample: MaskedSample, fills source: RowFills, for fills: Set<RowFill>) throws {
    guard let input = sample.inputs[sample.input.name] else {
      throw ExplanationError(.unsuitableInput, "there is no input \(sample.input.name)")
    }
    if fills.contains(.line), input.shape.rank != 2 {
      throw ExplanationError(
        .invalidSetting, "the fill \"line\" is for inputs with one axis; take blur or infill")
    }
    if input.shape.rank > 3, fills.contains(where: \.isInfill) {
      throw ExplanationError(
        .invalidSetting, "volumes are not infilled; take blur, mean or zero")
    }
    shape = input.shape
    channels = ChannelRows(input)
    var generator = SplitMix64(seed: sample.seed)
    let range = channels.range
    noises =
      fills.contains(where: \.isNoisy)
      ? input.elements.map { _ in range * generator.normal() } : []
    var made: [RowFill: [Float]] = [:]
    for fill in fills { made[fill] = try source.value(fill, of: sample) }
    self.fills = made
  }

  /// The masked input, `[channels, positions…]`.
  func input(_ row: MaskedRow) -> Tensor {
    switch row.mask {
    case .whole: return Tensor(shape: shape, elements: channels.elements)
    case .nothing where !row.fill.dependsOnMask:
      return Tensor(shape: shape, elements: fills[row.fill] ?? channels.elements)
    case .kept(let order, let places) where !row.fill.dependsOnMask:
      return Tensor(shape: shape, elements: kept(order, places, fills[row.fill]))
    case .nothing, .kept, .shares:
      let shares = row.shares(channels.length)
      if case .outline(let height) = row.fill {
        return Tensor(shape: shape, elements: channels.outline(shares, height))
      }
      return Tensor(shape: shape, elements: blended(shares, fill(row.fill, shares)))
    }
  }

  /// The fill with some positions of the input in it.
  private func kept(_ order: [Int32], _ places: Range<Int>, _ fill: [Float]?) -> [Float] {
    guard var elements = fill else { return channels.elements }
    let length = channels.length
    for channel in 0..<channels.count {
      let start = channel * length
      for place in places {
        let position = start + Int(order[place])
        elements[position] = channels.elements[position]
      }
    }
    return elements
  }

  /// Input and fill, by the share of each position.
  private func blended(_ shares: [Float], _ fill: [Float]) -> [Float] {
    var elements = fill
    let length = channels.length
    for channel in 0..<channels.count {
      let start = channel * length
      for position in 0..<length {
        let value = fill[start + position]
        elements[start + position] =
          value + shares[position] * (channels.elements[start + position] - value)
      }
    }
    return elements
  }

  /// What stands for what is hidden, some of which may still shine through.
  private func fill(_ fill: RowFill, _ shares: [Float]) -> [Float] {
    let hidden = shares.map { $0 < 1 }
    switch fill {
    case .line: return bridged(hidden)
    case .infill(let noise): return infilled(hidden, noise)
    case .zero, .black, .blur, .mean, .background, .noise, .outline:
      return fills[fill] ?? channels.elements
    }
  }

  /// Each channel with straight lines across its gaps; to the ends its last value, and its mean where
  /// nothing is left.
  private func bridged(_ hidden: [Bool]) -> [Float] {
    let means = channels.means
    let gaps = hidden.stretches
    var elements = channels.elements
    for channel in 0..<channels.count {
      let start = channel * channels.length
      for gap in gaps {
        let before = gap.lowerBound > 0 ? elements[start + gap.lowerBound - 1] : nil
        let after = gap.upperBound < hidden.count ? elements[start + gap.upperBound] : nil
        let ends = (before ?? after ?? means[channel], after ?? before ?? means[channel])
        for (step, position) in gap.enumerated() {
          let share = Float(step + 1) / Float(gap.count + 1)
          elements[start + position] = ends.0 + (ends.1 - ends.0) * share
        }
      }
    }
    return elements
  }

  private func infilled(_ hidden: [Bool], _ noise: Double) -> [Float] {
    // Under noise ten times less is enough.
    let tolerance = Float(min(max(noise / 10, 1e-4), 1e-3))
    var elements = HarmonicInfill.filled(
      channels.elements, positions: Array(shape.extents.dropFirst()), isKnown: hidden.map { !$0 },
      tolerance: tolerance)
    guard noise > 0 else { return elements }
    for channel in 0..<channels.count {
      let start = channel * channels.length
      for position in hidden.indices where hidden[position] {
        elements[start + position] += Float(noise) * noises[start + position]
      }
    }
    return elements
  }
}

extension [Bool] {
  /// The stretches of `true`.
  var stretches: [Range<Int>] {
    var result: [Range<Int>] = []
    var start: Int?
    for index in indices {
      if self[index], start == nil { start = index }
      if !self[index], let first = start {
        result.append(first..<index)
        start = nil
      }
    }
    if let first = start { result.append(first..<count) }
    return result
  }
}

extension RowFill {
  /// Whether it is what is left, spread into gaps.
  fileprivate var isInfill: Bool {
    if case .infill = self { true } else { false }
  }

  /// Whether noise is added to it.
  fileprivate var isNoisy: Bool {
    if case .infill(let noise) = self { noise > 0 } else { false }
  }
}
