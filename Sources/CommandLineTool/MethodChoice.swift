import ArgumentParser
import Catalogs
import Explanations

/// Values of options that can be repeated or stand together with commas.
enum CommaList {
  /// The values in order, without blanks around them.
  static func parts(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",") }.map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// Reads methods with their settings.
enum MethodChoice {
  /// The ids of all methods.
  static var completion: CompletionKind { .list(MethodCatalog.entries.ids) }

  /// Every setting whose values are words, with each of them.
  static var settingCompletion: CompletionKind {
    let settings = MethodCatalog.entries.flatMap { method in
      method.parameters.flatMap { parameter in parameter.words.map { "\(parameter.name)=\($0)" } }
    }
    return .list(Set(settings).sorted())
  }

  /// The methods.
  ///
  /// - Parameters:
  ///   - texts: Ids, each perhaps with settings of its own behind colons.
  ///   - settings: What goes to all methods that have it; at least one must.
  /// - Returns: The methods in their order.
  /// - Throws: `ExplanationError` or `ValidationError` for methods and settings that do not exist.
  static func methods(_ texts: [String], settings: [String]) throws -> [ChosenMethod] {
    let given = try settings.map(pair)
    let parts = texts.map { $0.split(separator: ":").map(String.init) }
    let ids = zip(texts, parts).map { $1.first ?? $0 }
    let own = try parts.map { try $0.dropFirst().map { try pair($0, "A method") } }
    let parameters = try ids.map { Set(try MethodCatalog.method($0).parameters.map(\.name)) }
    if let (name, _) = given.first(where: { pair in !parameters.contains { $0.contains(pair.0) } }),
      ids.count > 1
    {
      throw ValidationError("--set \(name): none of \(ids.joined(separator: ", ")) has it.")
    }
    return try ids.indices.map { index in
      let fitting = given.filter { ids.count == 1 || parameters[index].contains($0.0) }
      return try ChosenMethod(
        ids[index], settings: Dictionary(fitting + own[index]) { _, last in last })
    }
  }

  static func pair(_ text: String) throws -> (String, String) { try pair(text, "--set") }

  private static func pair(_ text: String, _ place: String) throws -> (String, String) {
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else {
      throw ValidationError("\(place) takes name=value, not \"\(text)\".")
    }
    return (sides[0], sides[1])
  }
}
