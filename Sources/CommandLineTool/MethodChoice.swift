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

  /// The methods; a setting goes to those that have it, and at least one must.
  static func methods(_ ids: [String], settings: [String]) throws -> [ChosenMethod] {
    let given = try settings.map(pair)
    let parameters = try ids.map { Set(try MethodCatalog.method($0).parameters.map(\.name)) }
    if let (name, _) = given.first(where: { pair in !parameters.contains { $0.contains(pair.0) } }),
      ids.count > 1
    {
      throw ValidationError("--set \(name): none of \(ids.joined(separator: ", ")) has it.")
    }
    return try zip(ids, parameters).map { id, names in
      let fitting = given.filter { ids.count == 1 || names.contains($0.0) }
      return try ChosenMethod(id, settings: Dictionary(fitting) { _, last in last })
    }
  }

  static func pair(_ text: String) throws -> (String, String) {
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else {
      throw ValidationError("--set takes name=value, not \"\(text)\".")
    }
    return (sides[0], sides[1])
  }
}
