import Crypto
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
    let digits = Array("0123456789abcdef")
    return String(
      SHA256.hash(data: data).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
