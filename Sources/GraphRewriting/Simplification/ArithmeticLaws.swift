/// Neutral elements, and what follows from the distributive law.
enum ArithmeticLaws {
  private static let (a, b, c, x) = (
    Pattern.letter("a"), Pattern.letter("b"), Pattern.letter("c"), Pattern.letter("x")
  )

  static let all = [
    Law("adding zero", x + 0, x),
    Law("subtracting zero", x - 0, x),
    Law("multiplying by one", x * 1, x),
    Law("multiplying by zero", x * 0, 0),
    Law("multiplying by minus one", x * -1, -x),
    Law("dividing by one", x / 1, x),
    Law("dividing zero", 0 / x, 0),
    Law("negating twice", -(-x), x),
    // Where relevance meets again before a residual branch, both parts are multiples of what the
    // branches received; the kernel that computes `b` then takes in the sum and the product.
    Law("common factor", a * b + a * c, a * (b + c)) {
      $0.haveOneShape(a, b, c) && $0.differ(a, b) && $0.differ(a, c)
    },
  ]
}
