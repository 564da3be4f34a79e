/// What cannot be negative is its own positive part and magnitude, and has no negative part.
enum SignLaws {
  private static let (x, y) = (Pattern.letter("x"), Pattern.letter("y"))
  private static let amount = Pattern.letter("a", where: .isNonNegative)

  static let all = [
    Law("positive part of an amount", amount.positive, amount),
    Law("magnitude of an amount", amount.absolute, amount),
    Law("negative part of an amount", amount.minimum(0), 0),
    Law("amount below zero", amount.isLess(than: 0), 0),
    Law("choice where nothing is true", Pattern(0).choosing(x, else: y), y),
  ]
}
