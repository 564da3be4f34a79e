import Explanations

extension MaskedRow {
  /// The first positions of an order hidden, the others kept.
  static func hiding(_ count: Int, of order: [Int32], fill: RowFill) -> MaskedRow {
    keeping(count..<order.count, of: order, fill: fill)
  }

  /// The first positions of an order kept, the others hidden.
  static func showing(_ count: Int, of order: [Int32], fill: RowFill) -> MaskedRow {
    keeping(0..<count, of: order, fill: fill)
  }

  /// The last positions of an order hidden, the others kept.
  static func hidingLast(_ count: Int, of order: [Int32], fill: RowFill) -> MaskedRow {
    keeping(0..<order.count - count, of: order, fill: fill)
  }

  /// Some positions hidden, the others kept.
  static func hiding(_ hidden: [Int32], of count: Int, fill: RowFill) -> MaskedRow {
    var isHidden = [Bool](repeating: false, count: count)
    for position in hidden { isHidden[Int(position)] = true }
    let kept = (0..<Int32(count)).filter { !isHidden[Int($0)] }
    if kept.count == count { return .whole }
    return kept.isEmpty
      ? MaskedRow(.nothing, fill: fill) : MaskedRow(.kept(kept, 0..<kept.count), fill: fill)
  }

  /// A share of each position kept, 0…1.
  static func shares(_ shares: [Float], fill: RowFill) -> MaskedRow {
    MaskedRow(shares.contains { $0 > 0 } ? .shares(shares) : .nothing, fill: fill)
  }

  private static func keeping(
    _ places: Range<Int>, of order: [Int32], fill: RowFill
  ) -> MaskedRow {
    if places.count == order.count { return .whole }
    return MaskedRow(places.isEmpty ? .nothing : .kept(order, places), fill: fill)
  }
}
