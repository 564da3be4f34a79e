import Foundation
import ImageData
import SpectralData

/// Folders of text as YOLO networks are trained on: a file for each picture, a line for each thing.
///
/// A line is the number of the category, then the middle, width and height of the box, or the corners of
/// a polygon, all as shares of the picture's sides.
enum YOLOFormat {
  static let entry = TruthFormat(
    id: "yolo", summary: "a folder of YOLO text files (category, x, y, width, height)",
    recognizes: { source in files(source).prefix(20).contains { holdsNumbers(source.path(of: $0)) }
    },
    read: { source throws(TruthError) in
      let names = try ClassNames.list(beside: source)
      var draft = TruthDraft()
      for file in files(source) {
        let path = source.path(of: file)
        do throws(TruthError) {
          try draft.picture(String(file.dropLast(4)), size: nil)
          let text = String(decoding: try TruthSource.contents(path), as: UTF8.self)
          try read(text, of: String(file.dropLast(4)), names: names, into: &draft)
        } catch {
          throw error.located(at: path)
        }
      }
      return try draft.truth(form: "YOLO text", unit: .shares)
    })

  private static func files(_ source: TruthSource) -> [String] {
    guard source.files != nil else { return [] }
    return source.files(endingIn: "txt").filter { !ClassNames.areNamed($0) }
  }

  /// Whether the first line that is not empty consists of at least five numbers.
  private static func holdsNumbers(_ path: String) -> Bool {
    guard let bytes = try? TruthSource.contents(path) else { return false }
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    let words = text.split(whereSeparator: \.isNewline).first?.split(whereSeparator: \.isWhitespace)
    guard let words, words.count >= 5 else { return false }
    return words.prefix(5).allSatisfy { Double($0) != nil }
  }

  private static func read(
    _ text: String, of picture: String, names: [String]?, into draft: inout TruthDraft
  ) throws(TruthError) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      do throws(TruthError) {
        let numbers = words.dropFirst().compactMap { Double($0) }
        guard let number = Int(first), number >= 0, numbers.count == words.count - 1 else {
          throw TruthError(
            .malformedFile, "\"\(line.prefix(60))\" is not a category's number and numbers")
        }
        let category = try ClassNames.category(number, names, in: &draft)
        draft.add(try object(category, numbers), to: picture)
      } catch {
        throw TruthError(error.code, "line \(index + 1): \(error.description)")
      }
    }
  }

  private static func object(
    _ category: Int, _ numbers: [Double]
  ) throws(TruthError) -> TruthObject {
    // Beyond rounding, shares of a side that begin or end outside of the picture are cut later.
    guard numbers.allSatisfy({ abs($0) <= 2 }) else {
      throw TruthError(
        .malformedFile, "a number beyond 0…1 is no share of a picture's side; are these pixels?")
    }
    switch numbers.count {
    case 4, 5:
      // A fifth number is how sure a network was.
      let (x, y, width, height) = (numbers[0], numbers[1], numbers[2], numbers[3])
      return TruthObject(
        category: category,
        box: try TruthDraft.box(
          left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2))
    case let count where count >= 6 && count.isMultiple(of: 2):
      let (x, y) = (
        stride(from: 0, to: count, by: 2).map { numbers[$0] },
        stride(from: 1, to: count, by: 2).map { numbers[$0] }
      )
      return TruthObject(
        category: category,
        box: try TruthDraft.box(
          left: x.min() ?? 0, top: y.min() ?? 0, right: x.max() ?? 0, bottom: y.max() ?? 0),
        outline: .polygons([numbers]))
    default:
      throw TruthError(
        .malformedFile,
        "\(numbers.count) numbers follow the category; 4 are a box, and pairs of 3 or more corners "
          + "a polygon")
    }
  }
}
