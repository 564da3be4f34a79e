public import Foundation

/// Tells one file of a network from another.
public enum ModelDigest {
  /// The SHA-256 of a file's bytes; external data is not part of it.
  ///
  /// - Parameter url: The file.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: `ExplanationError` when the file cannot be read.
  public static func sha256(of url: URL) throws(ExplanationError) -> String {
    guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
      throw ExplanationError(
        .unsuitableModel, "\(url.path(percentEncoded: false)) cannot be read")
    }
    return try sha256(of: data)
  }

  /// The SHA-256 of a model's bytes.
  ///
  /// - Parameter bytes: What a file of the network holds.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: `ExplanationError` when there is no memory for it.
  public static func sha256(of bytes: Data) throws(ExplanationError) -> String {
    guard let digest = SHA256.hexadecimal(bytes) else {
      throw ExplanationError(.unsuitableModel, "OpenSSL cannot compute the model's SHA-256")
    }
    return digest
  }
}
