import CCrypto
import Foundation

/// The secure hash SHA-256 of FIPS 180-4, by OpenSSL; the only unsafe file of the target.
enum SHA256 {
  /// The hash of bytes.
  ///
  /// - Returns: 64 hexadecimal digits; nil when the library refuses, as without memory.
  static func hexadecimal(_ bytes: Data) -> String? {
    var hash = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe EVP_Digest(buffer.baseAddress, buffer.count, &hash, &count, EVP_sha256(), nil)
    }
    guard status == 1, count == 32 else { return nil }
    return hash.prefix(32).map(digits).joined()
  }

  private static func digits(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
