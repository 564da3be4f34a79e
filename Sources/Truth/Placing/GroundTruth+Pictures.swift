package import ImageData

extension GroundTruth {
  /// Brings what is known of a picture to the positions of a network.
  ///
  /// A category covers the outlines of its things, or their boxes where they have none. A position belongs
  /// to what covers its middle.
  ///
  /// - Parameters:
  ///   - picture: One of `pictures`.
  ///   - placement: How the file comes to the network.
  /// - Returns: The regions of its categories.
  /// - Throws: `TruthError` when truth is of a picture of another size, or a mask cannot be read.
  package func placed(
    _ picture: TruthPicture, by placement: PicturePlacement
  ) throws(TruthError) -> PlacedTruth {
    let size = PictureSize(width: placement.pictureWidth, height: placement.pictureHeight)
    if let said = picture.size { try check(said, is: size, of: picture.name) }
    let placer = ObjectPlacer(placement: placement, size: size, unit: unit)
    var (regions, outside, cut): ([PlacedTruth.Region], Int, Int) = ([], 0, 0)
    for category in Set(picture.objects.map(\.category)).sorted() {
      let objects = picture.objects.filter { $0.category == category }
      let boxes = objects.compactMap { $0.box.map(placer.pixels) }
      let inPicture = boxes.filter { $0.intersection(placer.whole) != nil }
      outside += boxes.count - inPicture.count
      // A pixel beyond the edge is rounding.
      cut += inPicture.count { !placer.isWithin($0, by: 1.01) }
      guard let region = try placer.region(of: objects, category) else { continue }
      regions.append(region)
    }
    return PlacedTruth(
      regions: regions, notes: Self.notes(outside: outside, cut: cut, picture.name))
  }

  private func check(
    _ said: PictureSize, is size: PictureSize, of name: String
  ) throws(TruthError) {
    guard said != size else { return }
    let isTurned = said.width == size.height && said.height == size.width
    throw TruthError(
      .sizeMismatch,
      "\(name): its truth is of \(said.width)×\(said.height) pixels, but the picture has "
        + "\(size.width)×\(size.height)"
        + (isTurned
          ? " as it is displayed; mark it as it is displayed, or remove its Exif orientation"
          : "; use the file that was marked"))
  }

  private static func notes(outside: Int, cut: Int, _ name: String) -> [String] {
    var notes: [String] = []
    if outside > 0 {
      notes.append(
        "\(name): \(outside) \(outside == 1 ? "box lies" : "boxes lie") outside of the picture and "
          + "\(outside == 1 ? "is" : "are") left out.")
    }
    if cut > 0 {
      notes.append(
        "\(name): \(cut) \(cut == 1 ? "box is" : "boxes are") cut at the edge of the picture.")
    }
    return notes
  }
}

/// Brings things in one picture to positions.
private struct ObjectPlacer {
  let placement: PicturePlacement
  let size: PictureSize
  let unit: GroundTruth.Unit

  /// All of the picture.
  var whole: PictureBox {
    PictureBox(left: 0, top: 0, right: Double(size.width), bottom: Double(size.height))
  }

  /// A box in pixels.
  func pixels(_ box: PictureBox) -> PictureBox {
    guard unit == .shares else { return box }
    return PictureBox(
      left: box.left * Double(size.width), top: box.top * Double(size.height),
      right: box.right * Double(size.width), bottom: box.bottom * Double(size.height))
  }

  /// Whether a box reaches beyond the picture by no more than some pixels.
  func isWithin(_ box: PictureBox, by reach: Double) -> Bool {
    -reach <= box.left && -reach <= box.top && box.right <= Double(size.width) + reach
      && box.bottom <= Double(size.height) + reach
  }

  /// The region of the things of one category; nil where all lie outside of the picture.
  func region(
    of objects: [TruthObject], _ category: Int
  ) throws(TruthError) -> PlacedTruth.Region? {
    var (masks, shares): ([[Bool]], [Double]) = ([], [])
    for outline in Set(objects.compactMap(\.outline)) {
      let mask = try mask(of: outline)
      guard mask.isInside.contains(true) else { continue }
      masks.append(placement.positions(in: mask))
      shares.append(placement.shownShare(of: mask))
    }
    var instances: [[Bool]] = []
    for object in objects {
      guard let box = object.box.map(pixels)?.intersection(whole) else { continue }
      let inside = placement.positions(in: box)
      if inside.contains(true) { instances.append(inside) }
      if object.outline == nil {
        masks.append(inside)
        shares.append(placement.shownShare(of: box))
      }
    }
    guard let inside = PlacedTruth.union(masks) else { return nil }
    return PlacedTruth.Region(
      category: category, inside: inside, instances: instances,
      shownShare: shares.reduce(0, +) / Double(shares.count))
  }

  private func mask(of outline: TruthOutline) throws(TruthError) -> PictureMask {
    switch outline {
    case .polygons(let polygons):
      guard unit == .shares else { return PolygonFilling.mask(polygons, size: size) }
      let scaled = polygons.map { polygon in
        polygon.enumerated().map { $1 * Double($0.isMultiple(of: 2) ? size.width : size.height) }
      }
      return PolygonFilling.mask(scaled, size: size)
    case .runs(let runs):
      try check(runs.size, "the runs of a mask")
      return runs.mask
    case .file(let path, let value):
      let mask = try MaskValues(reading: path)
      try check(mask.size, path)
      let isInside = mask.values.map { value == nil ? $0 >= 128 : $0 == value }
      return PictureMask(width: size.width, height: size.height, isInside: isInside)
    }
  }

  private func check(_ maskSize: PictureSize, _ name: String) throws(TruthError) {
    guard maskSize != size else { return }
    throw TruthError(
      .sizeMismatch,
      "\(name): \(maskSize.width)×\(maskSize.height) pixels, but the picture has "
        + "\(size.width)×\(size.height); a mask has the size of its picture")
  }
}
