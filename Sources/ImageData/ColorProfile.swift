/// What an ICC profile says about itself; its color transform is not applied.
struct ColorProfile: Equatable {
  /// What the profile is called; empty when it does not say.
  let name: String

  /// Takes a name that a file gives beside the profile.
  init(name: String) {
    self.name = name
  }

  /// Reads the description (tag `desc`) of a profile, ICC.1:2022 section 9.2.41, and of version 2.
  ///
  /// - Parameter bytes: The profile, or its first part.
  init(_ bytes: [UInt8]) {
    func integer(_ offset: Int) -> Int? {
      guard offset >= 0, offset + 4 <= bytes.count else { return nil }
      return bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let entries = (0..<min(100, integer(128) ?? 0)).map { 132 + 12 * $0 }
    let description = entries.first { entry in
      entry + 12 <= bytes.count && bytes[entry..<entry + 4].elementsEqual("desc".utf8)
    }
    guard let entry = description, let start = integer(entry + 4), let kind = integer(start) else {
      name = ""
      return
    }
    // A list of names in UTF-16, of which the first is taken, or a count and ASCII.
    let isList = kind == 0x6D6C_7563
    let length = integer(start + (isList ? 20 : 8)) ?? 0
    let text = isList ? start + (integer(start + 24) ?? 0) : start + 12
    guard (0...1000).contains(length), text + length <= bytes.count else {
      name = ""
      return
    }
    let letters = bytes[text..<text + length].filter { (32...126).contains($0) }
    name = String(decoding: letters, as: UTF8.self)
  }

  /// Whether samples mean what they mean without a profile.
  var isUsual: Bool { name.contains("sRGB") || name.contains("IEC61966-2") }

  /// What is to be said about the profile; nil when it changes nothing.
  var note: String? {
    if isUsual { return nil }
    let which = name.isEmpty ? "" : " (\(name))"
    return "its color profile\(which) is not applied: samples are taken as sRGB"
  }
}
