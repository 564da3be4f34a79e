package import ImageData
package import TensorCore

/// Views of a picture that differ by chance: a part of it, mirrored or not.
package struct PictureViews: Sendable, Hashable {
  /// How pictures are prepared for the network.
  package var preprocessing: ImagePreprocessing

  /// The smallest part of the longest square side that a view takes, up to all of it.
  package var smallestSide: Double = 0.75

  /// Whether every second view is mirrored.
  package var mirrors = true

  /// Describes views.
  ///
  /// - Parameter preprocessing: How pictures are prepared for the network.
  package init(_ preprocessing: ImagePreprocessing) {
    self.preprocessing = preprocessing
  }

  /// The view that a picture is judged by: the middle, as the network expects it.
  ///
  /// - Throws: `ImageError` when the settings contradict themselves or the picture is too elongated.
  package func middle(of picture: Picture) throws(ImageError) -> Tensor {
    try preprocessing.prepare(picture).input
  }

  /// A view that is drawn.
  ///
  /// A part with the proportions of the network's input, placed anywhere, is stretched to the input.
  ///
  /// - Parameters:
  ///   - picture: Any size.
  ///   - generator: What chance is drawn from.
  /// - Returns: `[channels, rows, columns]`.
  /// - Throws: `ImageError` when the settings contradict themselves.
  package func drawn(
    from picture: Picture, using generator: inout SplitMix64
  ) throws(ImageError) -> Tensor {
    let proportions = Double(preprocessing.width) / Double(preprocessing.height)
    let height = min(Double(picture.height), Double(picture.width) / proportions)
    let side = smallestSide + (1 - smallestSide) * Double(generator.uniform())
    let rows = max(1, min(picture.height, Int((side * height).rounded())))
    let columns = max(1, min(picture.width, Int((side * height * proportions).rounded())))
    let part = picture.cropped(
      left: Self.place(picture.width - columns, &generator),
      top: Self.place(picture.height - rows, &generator), width: columns, height: rows)
    let isMirrored = mirrors && generator.uniform() < 0.5
    var settings = preprocessing
    (settings.shortSide, settings.padding) = (nil, nil)
    let view = try settings.prepare(part).input
    return isMirrored ? view.mirrored : view
  }

  private static func place(_ excess: Int, _ generator: inout SplitMix64) -> Int {
    generator.next(below: excess + 1)
  }
}

extension Tensor {
  /// The same with its last axis in the opposite order.
  package var mirrored: Tensor {
    guard let width = shape.extents.last, width > 1 else { return self }
    var elements: [Float] = []
    elements.reserveCapacity(self.elements.count)
    for start in stride(from: 0, to: self.elements.count, by: width) {
      elements += self.elements[start..<start + width].reversed()
    }
    return Tensor(shape: shape, elements: elements)
  }
}
