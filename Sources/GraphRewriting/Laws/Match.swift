import GraphIR
import TensorCore

/// What the letters of a pattern stand for at one place of a graph.
struct Match {
  /// What is known of the values beforehand.
  let facts: ValueFacts

  private var values: [(letter: Character, value: Value)] = []

  /// Starts without any letter.
  init(_ facts: ValueFacts) {
    self.facts = facts
  }

  /// The value that a pattern with a letter stands for.
  subscript(pattern: Pattern) -> Value {
    guard let value = pattern.letter.flatMap(value) else {
      preconditionFailure("only what has a letter can be asked for")
    }
    return value
  }

  /// Whether letters stand for values of one shape.
  func haveOneShape(_ patterns: Pattern...) -> Bool {
    patterns.allSatisfy { self[$0].shape == self[patterns[0]].shape }
  }

  /// Whether two letters stand for different values.
  func differ(_ left: Pattern, _ right: Pattern) -> Bool { self[left].id != self[right].id }

  private func value(_ letter: Character) -> Value? {
    values.first { $0.letter == letter }?.value
  }

  /// The same with a further value, or nil when the letter stands for another one.
  func binding(_ letter: Character, to value: Value) -> Match? {
    if let known = self.value(letter) { return known.id == value.id ? self : nil }
    var match = self
    match.values.append((letter, value))
    return match
  }
}
