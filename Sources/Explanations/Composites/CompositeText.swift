import Catalogs
import Foundation
import GraphRewriting

/// A composite as it is named on the command line: an id, JSON text, or a path of a `.json` file.
enum CompositeText {
  /// How large a file may be; nobody writes a longer one.
  private static let largestFile = 1 << 20

  /// The text that is kept, so that it can be repeated elsewhere: an id, or checked JSON.
  static func settled(_ text: String) throws(ExplanationError) -> String {
    if CompositeCatalog.entries.contains(where: { $0.id == text }) { return text }
    if text.drop(while: \.isWhitespace).first == "{" { return try settled(json: Data(text.utf8)) }
    guard text.hasSuffix(".json") else {
      let ids = CompositeCatalog.entries.map(\.id)
      throw RecipeContainer.error(
        "there is no \"\(text)\".\(Suggestions.sentence(for: text, among: ids)) There are "
          + ids.joined(separator: ", ")
          + "; or write one as JSON in a file whose name ends in .json")
    }
    guard let file = FileHandle(forReadingAtPath: text),
      let data = try? file.read(upToCount: largestFile + 1)
    else { throw RecipeContainer.error("\(text) cannot be read; is the path right?") }
    guard data.count <= largestFile else {
      throw RecipeContainer.error("\(text) is too large to be a composite")
    }
    do {
      return try settled(json: data)
    } catch {
      throw ExplanationError(error.code, "\(text): \(error.description)")
    }
  }

  /// The composite of a kept text.
  static func composite(
    _ text: String, bias: BiasHandling?
  ) throws(ExplanationError) -> Composite {
    if let entry = CompositeCatalog.entries.first(where: { $0.id == text }) {
      return entry.make(bias: bias)
    }
    return try recipe(json: Data(try settled(text).utf8)).made(bias: bias)
  }

  private static func settled(json: Data) throws(ExplanationError) -> String {
    let recipe = try recipe(json: json)
    _ = try recipe.made()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(recipe), as: UTF8.self)
    } catch {
      throw RecipeContainer.error("cannot be written as JSON: \(error)")
    }
  }

  private static func recipe(json: Data) throws(ExplanationError) -> CompositeRecipe {
    do {
      // The decoder does not say where text is malformed; this does.
      _ = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
    } catch {
      throw RecipeContainer.error("malformed JSON: \(place(of: error, in: json))")
    }
    do {
      return try JSONDecoder().decode(CompositeRecipe.self, from: json)
    } catch let error as ExplanationError {
      throw error
    } catch {
      throw RecipeContainer.error("malformed JSON: \(error)")
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
