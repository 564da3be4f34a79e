/// Finds what a user may have meant.
package enum Suggestions {
  /// The names nearest to a misspelled one, best first, as a sentence; empty when none is near.
  ///
  /// - Parameters:
  ///   - name: What was given.
  ///   - names: What there is.
  ///   - limit: How many are named at most.
  ///   - reach: The most edits that a near name is away; nil for half of what was given, and a name
  ///     that contains it.
  /// - Returns: A sentence with a blank before it, or nothing.
  package static func sentence(
    for name: String, among names: [String], limit: Int = 3, reach: Int? = nil
  ) -> String {
    let wanted = name.lowercased()
    let scored = names.map { candidate in
      // Names of layers are paths; one may have meant a part of it.
      let parts = candidate.lowercased().split(separator: "/").map(String.init)
      let forms = reach == nil ? [candidate.lowercased()] + parts : [candidate.lowercased()]
      return (
        forms.map { reach == nil ? distance(wanted, $0) : edits(wanted, $0) }.min() ?? .max,
        candidate
      )
    }
    let farthest = reach ?? max(2, wanted.count / 2)
    let near = scored.filter { $0.0 <= farthest }.sorted { $0 < $1 }.prefix(limit)
    guard !near.isEmpty else { return "" }
    return " Did you mean " + near.map { "\"\($0.1)\"" }.joined(separator: ", ") + "?"
  }

  /// Edits between two names; a name that contains the other is nearly right.
  private static func distance(_ wanted: String, _ candidate: String) -> Int {
    candidate.contains(wanted) ? 1 : edits(wanted, candidate)
  }

  /// Letters to exchange, add or leave out between two names.
  private static func edits(_ wanted: String, _ candidate: String) -> Int {
    let (left, right) = (Array(wanted.utf8.prefix(80)), Array(candidate.utf8.prefix(80)))
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let substitution = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
