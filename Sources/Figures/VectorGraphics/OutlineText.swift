/// The outline of a path as it is written in an SVG file.
enum OutlineText {
  /// The same outline with coordinates to a hundredth of a point, which no screen or printer shows,
  /// and without blanks and letters that may be left out.
  static func short(_ text: String) -> String {
    var (result, before): (String, Substring) = ("", "")
    var command: Substring = ""
    for word in text.split(separator: " ") {
      if let number = Double(word) {
        let isNext = before.isEmpty || before.last?.isLetter == true
        result += (isNext ? "" : " ") + self.number(number)
        before = word
      } else {
        // A line goes on without being told so again.
        if word != "L" || command != "L" {
          result += word
          before = word
          command = word
        }
      }
    }
    return result
  }

  /// A number with two digits after the point at most.
  static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return abs(rounded) < 1e9 && rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
