/// What went wrong when a picture was read, prepared or written.
public struct ImageError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case unreadable, unwritable, unknownFormat, malformedFile, unsupportedFile, tooLarge
      case invalidSettings
    }

    private let kind: Kind

    /// The file cannot be opened, or is not a regular file.
    public static let unreadable = Code(kind: .unreadable)

    /// The file cannot be written.
    public static let unwritable = Code(kind: .unwritable)

    /// The content is of no format in `PictureFormat`.
    public static let unknownFormat = Code(kind: .unknownFormat)

    /// The bytes are truncated or damaged.
    public static let malformedFile = Code(kind: .malformedFile)

    /// The file is sound but of a kind that is not read.
    public static let unsupportedFile = Code(kind: .unsupportedFile)

    /// The picture has more pixels than `Picture.maximumPixelCount`.
    public static let tooLarge = Code(kind: .tooLarge)

    /// The preprocessing settings contradict themselves or do not fit the picture.
    public static let invalidSettings = Code(kind: .invalidSettings)
  }

  /// The kind of failure.
  public let code: Code

  /// What is wrong, where, and how to mend it.
  public let description: String

  /// Creates an error.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// The same error, saying which file it is about.
  func located(at path: String) -> ImageError {
    ImageError(code, "\(path): \(description)")
  }
}
