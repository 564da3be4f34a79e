package import Foundation

/// Numbers in 16 bits with the range of `Float` (bfloat16), as bytes, the lower one first.
package enum NarrowNumbers {
  /// The bytes of numbers.
  ///
  /// - Parameter numbers: Rounded to the nearest, ties to even; what is no number stays none.
  /// - Returns: Two bytes for each.
  package static func bytes(of numbers: [Float]) -> Data {
    let narrow = unsafe [UInt16](unsafeUninitializedCapacity: numbers.count) { buffer, count in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        guard let source = numbers.baseAddress, let target = buffer.baseAddress
        else { return }
        unsafe BrainFloat.narrow(source, target, numbers.count)
      }
      count = numbers.count
    }
    return unsafe narrow.withUnsafeBytes { unsafe Data($0) }
  }

  /// Appends numbers.
  ///
  /// - Parameters:
  ///   - range: Which of the numbers.
  ///   - bytes: Two for each number.
  ///   - numbers: Where they are appended.
  package static func append(_ range: Range<Int>, of bytes: Data, to numbers: inout [Float]) {
    precondition(
      range.lowerBound >= 0 && 2 * range.upperBound <= bytes.count, "two bytes for each number")
    unsafe numbers += [Float](unsafeUninitializedCapacity: range.count) { buffer, count in
      unsafe bytes.withUnsafeBytes { bytes in
        guard let target = buffer.baseAddress else { return }
        for (place, index) in range.enumerated() {
          let bits = unsafe bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
          unsafe (target + place).initialize(to: Float(bitPattern: UInt32(bits) << 16))
        }
      }
      count = range.count
    }
  }
}
