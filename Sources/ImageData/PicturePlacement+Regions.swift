extension PicturePlacement {
  /// The positions of the network whose middle lies within a box.
  ///
  /// A box whose edges lie between pixels has the positions of the mask of these pixels.
  ///
  /// - Parameter box: In pixels of the picture; what lies outside of the picture counts for nothing.
  /// - Returns: One value for each position, row by row.
  package func positions(in box: PictureBox) -> [Bool] {
    let columns = columnCenters.map { box.left <= $0 && $0 < box.right && isOnPicture(x: $0) }
    return rowCenters.flatMap { y in
      box.top <= y && y < box.bottom && isOnPicture(y: y)
        ? columns : Array(repeating: false, count: width)
    }
  }

  /// The positions of the network whose middle lies on a pixel of a mask: the mask resized by the nearest
  /// pixel, cut and padded.
  ///
  /// - Parameter mask: Of the picture as it is displayed; of the same size.
  /// - Returns: One value for each position, row by row.
  package func positions(in mask: PictureMask) -> [Bool] {
    check(mask)
    let columns = columnCenters.map { isOnPicture(x: $0) ? Int($0) : nil }
    return rowCenters.flatMap { y in
      columns.map { column in
        guard let column, isOnPicture(y: y) else { return false }
        return mask.isInside[Int(y) * mask.width + column]
      }
    }
  }

  /// The part of a box that the network sees, at its positions.
  ///
  /// - Parameter box: In pixels of the picture.
  /// - Returns: In positions from the left and top edge of the network's input; nil where it sees nothing
  ///   of the box.
  package func placed(_ box: PictureBox) -> PictureBox? {
    guard let shown = box.intersection(view) else { return nil }
    let start = point(x: shown.left, y: shown.top)
    let end = point(x: shown.right, y: shown.bottom)
    return PictureBox(left: start.x, top: start.y, right: end.x, bottom: end.y)
  }

  /// How much of a box the network sees.
  ///
  /// - Parameter box: In pixels of the picture.
  /// - Returns: The share of its area, 0…1.
  package func shownShare(of box: PictureBox) -> Double {
    guard box.area > 0, let shown = box.intersection(view) else { return 0 }
    return shown.area / box.area
  }

  /// How much of a mask the network sees.
  ///
  /// - Parameter mask: Of the picture as it is displayed; of the same size.
  /// - Returns: The share of its pixels, 0…1; zero for a mask without any.
  package func shownShare(of mask: PictureMask) -> Double {
    check(mask)
    let view = view
    var (shown, total) = (0, 0)
    for row in 0..<mask.height {
      let isRowShown = view.top <= Double(row) + 0.5 && Double(row) + 0.5 < view.bottom
      for column in 0..<mask.width where mask.isInside[row * mask.width + column] {
        total += 1
        let middle = Double(column) + 0.5
        if isRowShown && view.left <= middle && middle < view.right { shown += 1 }
      }
    }
    return total > 0 ? Double(shown) / Double(total) : 0
  }

  private func isOnPicture(x: Double) -> Bool { 0 <= x && x < Double(pictureWidth) }

  private func isOnPicture(y: Double) -> Bool { 0 <= y && y < Double(pictureHeight) }

  private func check(_ mask: PictureMask) {
    precondition(
      mask.width == pictureWidth && mask.height == pictureHeight,
      "a mask must have the size of the picture")
  }
}
