/// How an input is changed, time after time.
public struct InputChanges: Hashable, Sendable {
  /// What is done to an input.
  public enum Form: Hashable, Sendable {
    /// Normal noise is added, of a standard deviation that is a share of the range of the input's
    /// numbers.
    case noise(share: Double)
    /// It lies on the straight way from what it is compared with: at the end of each of as many
    /// steps as there are changes.
    case path
    /// It lies anywhere on the straight way from one of those that it is compared with, and
    /// perhaps has noise, as above.
    case draws(noise: Double)
  }

  /// What is done to an input.
  public let form: Form

  /// How many times.
  public let count: Int

  /// Where random numbers start; those of an input depend on its numbers as well, and on nothing else.
  public let seed: UInt64

  /// Describes changes.
  public init(_ form: Form, count: Int, seed: UInt64 = 0) {
    self.form = form
    self.count = count
    self.seed = seed
  }

  /// Whether an input is compared with others.
  public var compares: Bool {
    switch form {
    case .noise: false
    case .path, .draws: true
    }
  }
}
