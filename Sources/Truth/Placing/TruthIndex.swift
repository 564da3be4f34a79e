import ImageData

/// Which truth belongs to which file.
///
/// A file's truth has its name; where names are the same in several folders, as many of these agree as are
/// given. A name may lack a suffix or have another one.
package struct TruthIndex: Sendable {
  private let truth: GroundTruth

  /// The places of pictures by their name without folders and suffix.
  private let places: [String: [Int]]

  /// Sorts truth by names.
  package init(_ truth: GroundTruth) {
    self.truth = truth
    places = Dictionary(grouping: truth.pictures.indices) { Self.stem(truth.pictures[$0].name) }
  }

  /// The truth of a file.
  ///
  /// - Parameter path: The file.
  /// - Returns: Its place in `GroundTruth.pictures`; nil where there is none.
  /// - Throws: `TruthError` when several fit equally well.
  package func place(of path: String) throws(TruthError) -> Int? {
    let parts = Self.parts(path)
    var candidates = places[Self.stem(path)] ?? []
    let exact = candidates.filter { Self.parts(truth.pictures[$0].name).last == parts.last }
    if !exact.isEmpty { candidates = exact }
    let agreement = candidates.map { Self.agreement(Self.parts(truth.pictures[$0].name), parts) }
    let best = zip(candidates, agreement).filter { $0.1 == agreement.max() }.map(\.0)
    guard best.count <= 1 else {
      throw TruthError(
        .unmatchedFile,
        "\(path): the truth of several pictures fits, such as "
          + best.prefix(2).map { truth.pictures[$0].name }.joined(separator: " and ")
          + "; give folders there as they lie here")
    }
    return best.first
  }

  /// Compares truth with files.
  ///
  /// - Parameter paths: All files.
  /// - Returns: What is without the other.
  /// - Throws: `TruthError` when several pictures fit a file equally well.
  package func differences(from paths: [String]) throws(TruthError) -> TruthDifferences {
    var used: Set<Int> = []
    var missing: [String] = []
    for path in paths {
      if let place = try place(of: path) { used.insert(place) } else { missing.append(path) }
    }
    let unknown = truth.pictures.indices.filter { !used.contains($0) }
    return TruthDifferences(
      filesWithoutTruth: missing, truthWithoutFile: unknown.map { truth.pictures[$0].name },
      fileCount: paths.count, truthCount: truth.pictures.count)
  }

  /// The parts of a path; Windows has other marks between them.
  private static func parts(_ path: String) -> [String] {
    path.split { $0 == "/" || $0 == "\\" }.map(String.init)
  }

  /// What other programs call pictures that they keep in forms that are not read here.
  private static let suffixes = Set(PictureFormat.allCases.flatMap(\.suffixes) + ["bmp", "gif"])

  /// The name of a file without folders and without the suffix of a picture.
  private static func stem(_ path: String) -> String {
    let name = parts(path).last ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
      suffixes.contains(name[name.index(after: dot)...].lowercased())
    else { return name }
    return String(name[..<dot])
  }

  /// How many folders from the last on are the same.
  private static func agreement(_ a: [String], _ b: [String]) -> Int {
    zip(a.dropLast().reversed(), b.dropLast().reversed()).prefix { $0 == $1 }.count
  }
}

/// Files and truth that are without each other.
package struct TruthDifferences: Hashable, Sendable {
  /// Files that nothing is known of.
  package let filesWithoutTruth: [String]

  /// Names of pictures that there is no file of.
  package let truthWithoutFile: [String]

  /// How many files there are.
  package let fileCount: Int

  /// How many pictures truth is of.
  package let truthCount: Int

  /// What should be told, a sentence for each.
  package var sentences: [String] {
    var sentences: [String] = []
    if let first = filesWithoutTruth.first {
      sentences.append(
        "\(filesWithoutTruth.count) of \(fileCount) files have no truth (first: \(first)).")
    }
    if let first = truthWithoutFile.first {
      sentences.append(
        "\(truthWithoutFile.count) of \(truthCount) pictures with truth are not among the files "
          + "(first: \(first)).")
    }
    return sentences
  }
}
