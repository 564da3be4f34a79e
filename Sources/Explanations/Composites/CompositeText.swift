import Catalogs
import Foundation
import GraphIR
import GraphRewriting

/// A composite as it is named on the command line: an id, JSON text, or a path of a `.json` file.
enum CompositeText {
  /// How large a file may be; nobody writes a longer one.
  private static let largestFile = 1 << 20

  /// The composites that texts stand for.
  static var domain: Domain<Composite> {
    Domain(
      "a composite", words: CompositeCatalog.entries.ids + ["FILE.json"], rewritesText: true,
      read: { text throws(SettingsError) in try composite(text) }, write: text)
  }

  /// The text of a composite, so that it can be repeated elsewhere: an id, or JSON.
  static func text(_ composite: Composite) -> String {
    if let entry = CompositeCatalog.entries.first(where: { $0.composite == composite }) {
      return entry.id
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(composite)).map { String(decoding: $0, as: UTF8.self) } ?? "own"
  }

  private static func composite(_ text: String) throws(SettingsError) -> Composite {
    if let entry = CompositeCatalog.entries[text] { return entry.composite }
    if text.drop(while: \.isWhitespace).first == "{" { return try composite(Data(text.utf8)) }
    guard text.hasSuffix(".json") else {
      throw SettingsError(
        CompositeCatalog.entries.absence(of: text)
          + "; or write one as JSON in a file whose name ends in .json")
    }
    guard let file = FileHandle(forReadingAtPath: text),
      let data = try? file.read(upToCount: largestFile + 1)
    else { throw SettingsError("\(text) cannot be read; is the path right?") }
    guard data.count <= largestFile else {
      throw SettingsError("\(text) is too large to be a composite")
    }
    do throws(SettingsError) {
      return try composite(data)
    } catch {
      throw SettingsError("\(text): \(error.description)")
    }
  }

  /// The composite of JSON text, whose rules can be made.
  private static func composite(_ json: Data) throws(SettingsError) -> Composite {
    do {
      // The decoder does not say where text is malformed; this does.
      _ = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
    } catch {
      throw SettingsError("malformed JSON: \(place(of: error, in: json))")
    }
    do {
      let composite = try JSONDecoder().decode(Composite.self, from: json)
      _ = try CompositeRules(composite)
      return composite
    } catch let error as GraphError {
      throw SettingsError(error.description)
    } catch {
      throw SettingsError("malformed JSON: \(error)")
    }
  }

  /// What is wrong with JSON, and in which line and column.
  private static func place(of error: any Error, in json: Data) -> String {
    let text = (error as NSError).userInfo["NSDebugDescription"] as? String ?? "\(error)"
    let words = text.split { !$0.isNumber }
    guard text.contains("around character"), let offset = words.last.flatMap({ Int($0) }) else {
      return text
    }
    let before = String(decoding: json.prefix(offset), as: UTF8.self)
    let line = before.count { $0 == "\n" } + 1
    let column = before.reversed().prefix { $0 != "\n" }.count + 1
    return "unexpected text at line \(line), column \(column)"
  }
}
