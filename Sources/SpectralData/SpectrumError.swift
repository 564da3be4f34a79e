/// What went wrong when spectra were read or prepared.
public struct SpectrumError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case unreadable, unwritable, unknownFormat, unsupportedFile, malformedFile, invalidCell
      case invalidAxis, lengthMismatch, unknownColumn, invalidSettings, unknownStep
    }

    private let kind: Kind

    /// The file cannot be opened, or is not a regular file.
    public static let unreadable = Code(kind: .unreadable)

    /// The file cannot be written, or the format cannot hold the spectra.
    public static let unwritable = Code(kind: .unwritable)

    /// The bytes are in none of the formats that can be read.
    public static let unknownFormat = Code(kind: .unknownFormat)

    /// The file is sound but holds what Vitrine does not read.
    public static let unsupportedFile = Code(kind: .unsupportedFile)

    /// The contents of the file are not what its format says.
    public static let malformedFile = Code(kind: .malformedFile)

    /// A cell that must be a finite number is not.
    public static let invalidCell = Code(kind: .invalidCell)

    /// The positions are not strictly increasing or decreasing, or do not fit what is asked of them.
    public static let invalidAxis = Code(kind: .invalidAxis)

    /// A spectrum, an axis or a column setting has another number of points than is needed.
    public static let lengthMismatch = Code(kind: .lengthMismatch)

    /// A column that is asked for is missing, or holds something else than is needed.
    public static let unknownColumn = Code(kind: .unknownColumn)

    /// The preprocessing settings cannot be applied.
    public static let invalidSettings = Code(kind: .invalidSettings)

    /// A preprocessing or augmentation step that is asked for does not exist.
    public static let unknownStep = Code(kind: .unknownStep)
  }

  /// The kind of failure.
  public let code: Code

  /// What is wrong, where, and how to mend it.
  public let description: String

  /// Line of the file, from 1, when the failure has one.
  public let line: Int?

  /// Column of the table, from 1, when the failure has one.
  public let column: Int?

  /// Creates an error.
  public init(_ code: Code, _ description: String, line: Int? = nil, column: Int? = nil) {
    self.code = code
    self.description = description
    self.line = line
    self.column = column
  }

  /// The same error, saying which file it is about.
  func located(at path: String) -> SpectrumError {
    SpectrumError(code, "\(path): \(description)", line: line, column: column)
  }
}
