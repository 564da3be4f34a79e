/// What went wrong when truth was read, or brought to a network.
package struct TruthError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  package struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case unreadable, unknownFormat, malformedFile, sizeMismatch, unknownCategory, unmatchedFile
    }

    private let kind: Kind

    /// A file or folder cannot be opened.
    package static let unreadable = Code(kind: .unreadable)

    /// A file or folder is of no form in `TruthFormatCatalog`.
    package static let unknownFormat = Code(kind: .unknownFormat)

    /// The contents of a file are not what its form says.
    package static let malformedFile = Code(kind: .malformedFile)

    /// Truth is of a picture of another size.
    package static let sizeMismatch = Code(kind: .sizeMismatch)

    /// A category stands for no class of the network.
    package static let unknownCategory = Code(kind: .unknownCategory)

    /// A picture has no truth, or several.
    package static let unmatchedFile = Code(kind: .unmatchedFile)
  }

  /// The kind of failure.
  package let code: Code

  /// What is wrong, where, and how to mend it.
  package let description: String

  /// Creates an error.
  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// The same error, saying which file it is about.
  func located(at path: String) -> TruthError {
    TruthError(code, "\(path): \(description)")
  }
}
