/// What the text at the start of an `.npy` file says, such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
struct NPYHeader {
  /// The NumPy type of the elements, such as `<f4`.
  let descriptor: String

  /// Whether the first axis is the fastest.
  let isFortranOrder: Bool

  /// One extent per axis.
  let extents: [Int]

  /// Reads the text; nil when it is not a dictionary with these three entries.
  init?(_ text: some Sequence<UInt8>) {
    var scanner = LiteralScanner(text)
    var (descriptor, order, extents) = (String?.none, Bool?.none, [Int]?.none)
    guard scanner.skip("{") else { return nil }
    while !scanner.skip("}") {
      guard let key = scanner.quoted(), scanner.skip(":") else { return nil }
      switch key {
      case "descr": descriptor = scanner.quoted()
      case "fortran_order": order = scanner.truth()
      case "shape": extents = scanner.tuple()
      default: return nil
      }
      guard scanner.skip(",") || scanner.next == "}" else { return nil }
    }
    guard let descriptor, let order, let extents else { return nil }
    self.descriptor = descriptor
    self.isFortranOrder = order
    self.extents = extents
  }
}

/// Reads the few Python literals that occur in headers.
private struct LiteralScanner {
  private var rest: ArraySlice<Character>

  init(_ text: some Sequence<UInt8>) {
    rest = text.map { Character(UnicodeScalar($0)) }[...]
  }

  /// The next character that is not blank.
  var next: Character? {
    mutating get {
      rest = rest.drop { $0 == " " || $0 == "\n" }
      return rest.first
    }
  }

  /// Steps over `character` if it comes next.
  mutating func skip(_ character: Character) -> Bool {
    guard next == character else { return false }
    rest.removeFirst()
    return true
  }

  /// A string in single or double quotes.
  mutating func quoted() -> String? {
    guard let quote = next, quote == "'" || quote == "\"" else { return nil }
    let body = rest.dropFirst()
    guard let end = body.firstIndex(of: quote) else { return nil }
    rest = body[(end + 1)...]
    return String(body[..<end])
  }

  /// `True` or `False`.
  mutating func truth() -> Bool? {
    switch word() {
    case "True": true
    case "False": false
    default: nil
    }
  }

  /// Numbers from zero up in parentheses.
  mutating func tuple() -> [Int]? {
    guard skip("(") else { return nil }
    var numbers: [Int] = []
    while !skip(")") {
      guard let number = Int(word()), number >= 0 else { return nil }
      numbers.append(number)
      guard skip(",") || next == ")" else { return nil }
    }
    return numbers
  }

  private mutating func word() -> String {
    _ = next
    let word = rest.prefix { $0.isLetter || $0.isNumber }
    rest = rest.dropFirst(word.count)
    return String(word)
  }
}
