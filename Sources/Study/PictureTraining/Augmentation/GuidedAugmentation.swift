package import TensorCore

/// How pictures are changed by maps of themselves before they are trained on.
package struct GuidedAugmentation: Sendable, Hashable {
  /// What is done where the map is high.
  package enum Change: String, Sendable, Hashable, CaseIterable {
    /// What the map marks is blurred: the network must find other evidence.
    case hide
    /// All else is blurred.
    case keep
    /// The box around what the map marks is enlarged to the whole picture.
    case crop
    /// A box of another picture is pasted; both labels count by what the maps say of the boxes.
    case mix
  }

  /// Whose map says where, of which all but the first are controls.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    /// The map of the picture.
    case own
    /// The same, moved by a random distance, around the edges: as large, of the same shape.
    case moved
    /// A spot in the middle, as large as what the map marks.
    case centered
    /// The map of another picture.
    case other
  }

  /// What is done.
  package var change: Change

  /// Where.
  package var place: Place

  /// From which share of the range of a map on it marks; drawn for every picture.
  package var threshold: ClosedRange<Float>

  /// The standard deviation of the blur, in percent of the shorter side.
  package var blur: Double = 7

  /// Describes an augmentation.
  ///
  /// - Parameters:
  ///   - change: What is done.
  ///   - place: Where.
  package init(_ change: Change, _ place: Place = .own) {
    self.change = change
    self.place = place
    // Crops are as wide as those of WS-DAN (Hu et al., 2019).
    threshold = change == .crop ? 0.4...0.6 : 0.3...0.6
  }
}

/// A picture with its map.
package struct GuidedPicture: Sendable {
  /// `[channels, rows, columns]`, as the network takes it.
  package let picture: Tensor

  /// `[rows, columns]`; higher where the evidence is.
  package let map: Tensor

  /// Joins both.
  package init(picture: Tensor, map: Tensor) {
    precondition(
      picture.shape.extents.dropFirst().elementsEqual(map.shape.extents), "a map of the picture")
    self.picture = picture
    self.map = map
  }
}

/// A changed picture.
package struct ChangedPicture: Sendable {
  /// `[channels, rows, columns]`.
  package let picture: Tensor

  /// How much its own label counts, and that of the other picture.
  package var shares: (own: Float, other: Float) = (1, 0)
}

extension GuidedAugmentation {
  /// Changes a picture.
  ///
  /// - Parameters:
  ///   - one: The picture.
  ///   - other: Another one of the same shape.
  ///   - generator: What chance is drawn from.
  /// - Returns: The changed picture.
  package func changed(
    _ one: GuidedPicture, beside other: GuidedPicture, using generator: inout SplitMix64
  ) -> ChangedPicture {
    let limit =
      threshold.lowerBound + generator.uniform() * (threshold.upperBound - threshold.lowerBound)
    if change == .mix { return mixed(one, other, using: &generator) }
    let marked = marked(one, other, limit, &generator)
    if change == .crop {
      let box = PixelBox(around: marked, one.map.shape).grown(by: 0.1, within: one.map.shape)
      return ChangedPicture(picture: one.picture.enlarged(box))
    }
    let side = Double(min(one.map.shape[0], one.map.shape[1]))
    let blurred = GaussianBlur(deviation: max(0.5, blur / 100 * side)).blurred(one.picture)
    return ChangedPicture(
      picture: one.picture.replacing(by: blurred) { marked[$0] == (change == .hide) })
  }

  /// Which positions are marked, in row-major order.
  private func marked(
    _ one: GuidedPicture, _ other: GuidedPicture, _ limit: Float, _ generator: inout SplitMix64
  ) -> [Bool] {
    let own = one.map.marked(from: limit)
    switch place {
    case .own: return own
    case .other: return other.map.marked(from: limit)
    case .moved: return own.moved(one.map.shape, using: &generator)
    case .centered: return MiddleSpot(one.map.shape).marked(count: own.count(where: \.self))
    }
  }

  /// SnapMix (Huang et al., 2021), with boxes of one size.
  private func mixed(
    _ one: GuidedPicture, _ other: GuidedPicture, using generator: inout SplitMix64
  ) -> ChangedPicture {
    let share = generator.uniform().squareRoot()
    let (height, width) = (one.map.shape[0], one.map.shape[1])
    let (rows, columns) = (Int(share * Float(height)), Int(share * Float(width)))
    guard rows > 0, columns > 0 else { return ChangedPicture(picture: one.picture) }
    func drawn(_ generator: inout SplitMix64) -> PixelBox {
      PixelBox(
        top: generator.next(below: height - rows + 1),
        left: generator.next(below: width - columns + 1), rows: rows, columns: columns)
    }
    let (own, source) = (drawn(&generator), drawn(&generator))
    return ChangedPicture(
      picture: one.picture.pasting(source, of: other.picture, at: own),
      shares: (1 - one.map.mass(in: own), other.map.mass(in: source)))
  }
}
