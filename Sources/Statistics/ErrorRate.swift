import Foundation

/// What a count of errors says of the rate of errors.
package enum ErrorRate {
  /// The largest rate at which seeing no error at all still is not improbable.
  ///
  /// - Parameters:
  ///   - count: How many independent samples were tested, all without an error.
  ///   - risk: The probability of seeing none at that rate.
  /// - Returns: The rate, `1 − risk^(1/count)`.
  package static func bound(withoutErrorIn count: Int, risk: Double = 0.05) -> Double {
    1 - pow(risk, 1 / Double(count))
  }
}
