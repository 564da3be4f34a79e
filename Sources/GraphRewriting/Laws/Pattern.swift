import GraphIR
import Operations

/// What a value may look like: an expression in which letters stand for other values.
///
/// A letter that occurs twice stands for one value. Sums, products and other functions that do not
/// care for the order of their operands are recognized either way round.
struct Pattern: Sendable {
  /// What is known of a value beforehand.
  enum Condition: Sendable {
    /// None of its numbers can be negative.
    case isNonNegative
    /// It depends on no input of the graph.
    case isConstant
    /// It depends on an input of the graph.
    case isComputed
  }

  indirect enum Form: Sendable {
    /// Any value for which the condition holds.
    case any(Condition?)
    /// A value all of whose numbers are this one.
    case number(Float)
    /// The result of exactly this operation.
    case result(any GraphIR.Operation, of: [Pattern])
    /// The result of an operation of this type with settings for which the condition holds.
    case kind(
      any GraphIR.Operation.Type, of: [Pattern], @Sendable (any GraphIR.Operation) -> Bool)
  }

  let form: Form

  /// What stands for the value.
  private(set) var letter: Character?

  private init(_ form: Form, _ letter: Character? = nil) {
    self.form = form
    self.letter = letter
  }

  /// Any value, or any for which a condition holds.
  static func letter(_ letter: Character, where condition: Condition? = nil) -> Pattern {
    Pattern(.any(condition), letter)
  }

  /// The result of an operation of some type.
  ///
  /// - Parameters:
  ///   - type: The type of the operation.
  ///   - operands: What its inputs look like, all of them.
  ///   - condition: What must hold of its settings; nothing by default.
  /// - Returns: The pattern.
  static func any<Kind: GraphIR.Operation>(
    _ type: Kind.Type, of operands: Pattern...,
    where condition: @escaping @Sendable (Kind) -> Bool = { _ in true }
  ) -> Pattern {
    Pattern(.kind(type, of: operands) { ($0 as? Kind).map(condition) ?? false })
  }

  /// The same pattern, with a letter that stands for the whole.
  func called(_ letter: Character) -> Pattern { Pattern(form, letter) }
}

extension Pattern: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  init(floatLiteral number: Float) { self.init(.number(number)) }

  init(integerLiteral number: Int) { self.init(.number(Float(number))) }
}

/// Expressions are written as for values.
extension Pattern {
  private func combined(_ function: BinaryFunction, _ other: Pattern) -> Pattern {
    Pattern(.result(Binary(function), of: [self, other]))
  }

  func applying(_ function: UnaryFunction) -> Pattern {
    Pattern(.result(Unary(function), of: [self]))
  }

  static func + (left: Pattern, right: Pattern) -> Pattern { left.combined(.add, right) }

  static func - (left: Pattern, right: Pattern) -> Pattern { left.combined(.subtract, right) }

  static func * (left: Pattern, right: Pattern) -> Pattern { left.combined(.multiply, right) }

  static func / (left: Pattern, right: Pattern) -> Pattern { left.combined(.divide, right) }

  static prefix func - (pattern: Pattern) -> Pattern { pattern.applying(.negate) }

  var positive: Pattern { applying(.rectify) }

  var absolute: Pattern { applying(.absolute) }

  func minimum(_ other: Pattern) -> Pattern { combined(.minimum, other) }

  func isLess(than other: Pattern) -> Pattern { combined(.less, other) }

  func choosing(_ whenTrue: Pattern, else whenFalse: Pattern) -> Pattern {
    Pattern(.result(Select(), of: [self, whenTrue, whenFalse]))
  }
}
