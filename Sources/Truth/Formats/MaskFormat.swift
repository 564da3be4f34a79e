import Foundation
import ImageData

/// Pictures of masks: a PNG file for each picture, of the same name before the suffix.
///
/// Values are 0 for the ground and 255 for one thing, which is called as the folder around the file; or
/// numbers of categories, where 0 is the ground and 255 what does not count.
enum MaskFormat {
  static let entry = TruthFormat(
    id: "masks",
    summary:
      "a folder of PNG masks named as the pictures (values 0 and 255, or numbers of classes)",
    recognizes: { source in
      source.files == nil
        ? source.bytes.starts(with: [0x89] + Array("PNG".utf8))
        : !source.files(endingIn: "png").isEmpty
    },
    read: { source throws(TruthError) in
      var found: [(file: String, size: PictureSize, values: Set<UInt8>)] = []
      for file in source.files(endingIn: "png") {
        let mask = try MaskValues(reading: source.path(of: file))
        found.append((file, mask.size, Set(mask.values)))
      }
      let isBinary = found.allSatisfy { $0.values.isSubset(of: [0, 255]) }
      let names = isBinary ? nil : try ClassNames.list(beside: source)
      var draft = TruthDraft()
      for mask in found {
        let name = name(of: mask.file, isBinary: isBinary, source)
        try draft.picture(name.picture, size: mask.size)
        for value in mask.values.sorted() where value != 0 && (isBinary || value != 255) {
          let category =
            isBinary
            ? try draft.category(
              name.category ?? "object", meaning: name.category == nil ? .any : .name)
            : try ClassNames.category(Int(value), names, in: &draft)
          let outline = TruthOutline.file(source.path(of: mask.file), value: value)
          draft.add(TruthObject(category: category, box: nil, outline: outline), to: name.picture)
        }
      }
      return try draft.truth(form: "masks")
    })

  /// The picture that a file is the mask of, and the folder that names what is marked in it.
  private static func name(
    of file: String, isBinary: Bool, _ source: TruthSource
  ) -> (picture: String, category: String?) {
    let parts = file.dropLast(4).split(separator: "/").map(String.init)
    guard isBinary, source.files != nil, parts.count > 1 else {
      return (String(file.dropLast(4)), nil)
    }
    let last = parts.count - 1
    return ((parts[..<(last - 1)] + parts[last...]).joined(separator: "/"), parts[last - 1])
  }
}
