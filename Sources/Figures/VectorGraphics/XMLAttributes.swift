/// The attributes in the text of an XML file.
enum XMLAttributes {
  /// The text with other values of attributes.
  ///
  /// - Parameters:
  ///   - text: A file whose attributes stand in double quotes.
  ///   - change: Is given name and value of every attribute in turn; nil leaves it out.
  /// - Returns: The changed text.
  static func changed(
    _ text: [UInt8], _ change: (_ name: Substring, _ value: String) -> String?
  ) -> [UInt8] {
    let (quote, blank) = (UInt8(ascii: "\""), UInt8(ascii: " "))
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    // What stands before `copied` is in the result; tags alternate with text.
    var (index, copied, isTag) = (0, 0, false)
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
        isTag = byte == UInt8(ascii: "<")
      } else if isTag, byte == quote {
        let end = text[(index + 1)...].firstIndex(of: quote) ?? text.count
        let start = (text[copied..<index].lastIndex(of: blank) ?? index) + 1
        let name = String(decoding: text[min(start, index)..<index], as: UTF8.self).dropLast()
        let value = String(decoding: text[(index + 1)..<end], as: UTF8.self)
        if let new = change(name, value) {
          result += text[copied...index]
          result += new.utf8
          copied = end
        } else {
          result += text[copied..<max(copied, start - 1)]
          copied = min(text.count, end + 1)
        }
        index = end
      }
      index += 1
    }
    return result + text[min(copied, text.count)...]
  }
}
