/// Text in several lines.
extension Canvas {
  /// Where lines may be broken.
  package enum Breaks {
    /// After blanks; what is too long ends in an ellipsis.
    case sentence
    /// Also after what separates the parts of a name; what is too long begins with an ellipsis, as
    /// the end of a name says most.
    case name

    /// The parts that stay together, in order.
    package func pieces(_ text: String) -> [String] {
      var pieces = [""]
      for character in text {
        pieces[pieces.count - 1].append(character)
        if " ".contains(character) || self == .name && "/-_.:".contains(character) {
          pieces.append("")
        }
      }
      return pieces.filter { !$0.isEmpty }
    }
  }

  /// The lines of a text, none wider than the space for it.
  ///
  /// - Parameters:
  ///   - text: What is written.
  ///   - width: The space, in points.
  ///   - size: The font size in points.
  ///   - count: How many lines there may be, at least one.
  ///   - breaks: Where lines may be broken.
  ///   - isBold: Whether the letters are bold.
  /// - Returns: At least one line.
  package func wrapped(
    _ text: String, to width: Double, size: Double, atMost count: Int, at breaks: Breaks,
    isBold: Bool = false
  ) -> [String] {
    var pieces = breaks.pieces(text)
    var lines = lines(pieces, width, size, isBold)
    if breaks == .name {
      while lines.count > count, pieces.count > 1 {
        pieces.removeFirst()
        lines = self.lines(["…"] + pieces, width, size, isBold)
      }
    } else if lines.count > count {
      lines[count - 1] = lines[(count - 1)...].joined(separator: " ")
    }
    return lines.prefix(count).map { shortened($0, to: width, size: size, isBold: isBold) }
  }

  /// As many pieces on each line as there is space for.
  private func lines(
    _ pieces: [String], _ width: Double, _ size: Double, _ isBold: Bool
  ) -> [String] {
    var lines = [""]
    for piece in pieces {
      let longer = lines[lines.count - 1] + piece
      let end = longer.last == " " ? String(longer.dropLast()) : longer
      if lines.last == "" || textWidth(end, size: size, isBold: isBold) <= width {
        lines[lines.count - 1] = longer
      } else {
        lines.append(piece)
      }
    }
    return lines.map { $0.last == " " ? String($0.dropLast()) : $0 }
  }
}
