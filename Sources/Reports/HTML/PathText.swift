/// The outline of a path in an SVG file, made short: `M`, `L`, `C` and `Z` with absolute coordinates.
///
/// Points of long lines are left out where the line stays within `tolerance`, and coordinates are
/// rounded to hundredths, which no screen or printer shows.
struct PathText {
  /// How far a line may move, in points.
  static let tolerance = 0.08

  /// Lines of fewer points are kept as they are.
  private static let shortest = 6

  /// A part of an outline: a letter and its coordinates, two per point.
  private struct Step {
    let letter: Substring
    var numbers: [Double]
  }

  /// The text of an outline, shorter if it can be; what is not understood stays as it is.
  static func shortened(_ text: Substring) -> String {
    guard let steps = steps(text) else { return String(text) }
    var result = ""
    var line: [(Double, Double)] = []
    func endLine() {
      guard line.count > 1 else {
        line = Array(line.suffix(1))
        return
      }
      let kept = line.count < shortest ? line : simplified(line)
      result +=
        "L"
        + kept.dropFirst().map { number($0.0) + " " + number($0.1) }
        .joined(separator: " ")
      line = Array(line.suffix(1))
    }
    for step in steps {
      if step.letter != "L" { endLine() }
      switch step.letter {
      case "L": line += points(step.numbers)
      case "Z":
        result += "Z"
        line = []
      default:
        result += step.letter + step.numbers.map(number).joined(separator: " ")
        line = points(step.numbers).suffix(1)
      }
    }
    endLine()
    return result
  }

  /// The parts of an outline; nil when it holds anything else.
  private static func steps(_ text: Substring) -> [Step]? {
    var steps: [Step] = []
    for word in text.split(separator: " ") {
      if ["M", "L", "C", "Z"].contains(word) {
        steps.append(Step(letter: word, numbers: []))
      } else if let number = Double(word), number.isFinite, !steps.isEmpty {
        steps[steps.count - 1].numbers.append(number)
      } else {
        return nil
      }
    }
    let sizes = ["M": 2, "L": 2, "C": 6, "Z": 0]
    return steps.allSatisfy { sizes[String($0.letter)] == $0.numbers.count } ? steps : nil
  }

  private static func points(_ numbers: [Double]) -> [(Double, Double)] {
    stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
  }

  /// A number with two digits after the point at most.
  static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return abs(rounded) < 1e9 && rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  /// Leaves out points that lie near the line through those that are kept.
  ///
  /// D. H. Douglas, T. K. Peucker, Cartographica 10 (1973) 112–122.
  static func simplified(_ points: [(Double, Double)]) -> [(Double, Double)] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    (isKept[0], isKept[points.count - 1]) = (true, true)
    var open = [(0, points.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      var (farthest, largest) = (first, 0.0)
      for index in first + 1..<last {
        let distance = distance(points[index], points[first], points[last])
        if distance > largest { (farthest, largest) = (index, distance) }
      }
      if largest > tolerance {
        isKept[farthest] = true
        open += [(first, farthest), (farthest, last)]
      }
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  /// How far a point lies from the stretch between two others.
  private static func distance(
    _ point: (Double, Double), _ start: (Double, Double), _ end: (Double, Double)
  ) -> Double {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1)
    let square = dx * dx + dy * dy
    let along =
      square > 0
      ? min(1, max(0, ((point.0 - start.0) * dx + (point.1 - start.1) * dy) / square)) : 0
    let (x, y) = (point.0 - start.0 - along * dx, point.1 - start.1 - along * dy)
    return (x * x + y * y).squareRoot()
  }
}
