import Foundation
import ImageData

/// A table with a row for each box.
///
/// Columns are found by name: `image`, `category`, `x0`, `y0`, `x1`, `y1`; and, if they are there,
/// `width` and `height` of the picture, `classes` (indices with blanks between) that the category stands
/// for, and `mask`, the file with all that the picture has of the category.
enum BoxTableFormat {
  static let entry = TruthFormat(
    id: "boxes",
    summary: "a table of boxes (CSV with columns image, category, x0, y0, x1, y1)",
    recognizes: { TruthTable($0).flatMap(Columns.init) != nil },
    read: { source throws(TruthError) in
      guard let table = TruthTable(source), let columns = Columns(table) else {
        throw TruthError(.unknownFormat, "is no table of boxes")
      }
      var draft = TruthDraft()
      let folder = URL(fileURLWithPath: source.path).deletingLastPathComponent()
      try table.forEachRow { row throws(TruthError) in
        try columns.read(row, masksIn: folder, into: &draft)
      }
      return try draft.truth(form: "table of boxes")
    })

  /// Which column holds what.
  private struct Columns {
    let image: Int
    let category: Int
    let edges: [Int]
    let mask: Int?
    let width: Int?
    let height: Int?
    let classes: Int?

    init?(_ table: TruthTable) {
      let edges = [
        ["x0", "xmin", "left"], ["y0", "ymin", "top"], ["x1", "xmax", "right"],
        ["y1", "ymax", "bottom"],
      ]
      .compactMap(table.column)
      guard let image = table.column(["image", "file", "filename"]), edges.count == 4,
        let category = table.column(["category", "class", "label"])
      else { return nil }
      (self.image, self.category, self.edges) = (image, category, edges)
      mask = table.column(["mask"])
      width = table.column(["width"])
      height = table.column(["height"])
      classes = table.column(["classes", "class_indices", "imagenet_indices"])
    }

    func read(
      _ row: [String], masksIn folder: URL, into draft: inout TruthDraft
    ) throws(TruthError) {
      guard let name = TruthTable.cell(row, image), let title = TruthTable.cell(row, category)
      else {
        throw TruthError(.malformedFile, "the picture or the category is missing")
      }
      let outline = TruthTable.cell(row, mask).map {
        TruthOutline.file(folder.appendingPathComponent($0).path, value: nil)
      }
      try draft.picture(name, size: size(row))
      let category = try draft.category(title, meaning: try meaning(row))
      draft.add(
        TruthObject(
          category: category, box: try box(row, hasMask: outline != nil), outline: outline),
        to: name)
    }

    private func box(_ row: [String], hasMask: Bool) throws(TruthError) -> PictureBox? {
      var numbers: [Double] = []
      for edge in edges {
        if let number = try TruthTable.number(row, edge) { numbers.append(number) }
      }
      if numbers.isEmpty && hasMask { return nil }
      guard numbers.count == 4 else {
        throw TruthError(
          .malformedFile, "the box has \(numbers.count) of its 4 edges; give all of them")
      }
      return try TruthDraft.box(
        left: numbers[0], top: numbers[1], right: numbers[2], bottom: numbers[3])
    }

    private func size(_ row: [String]) throws(TruthError) -> PictureSize? {
      guard let width = try TruthTable.number(row, width).flatMap({ Int(exactly: $0) }),
        let height = try TruthTable.number(row, height).flatMap({ Int(exactly: $0) })
      else { return nil }
      return PictureSize(width: width, height: height)
    }

    private func meaning(_ row: [String]) throws(TruthError) -> TruthCategory.Meaning {
      guard let text = TruthTable.cell(row, classes) else { return .name }
      let parts = text.split { $0 == " " || $0 == ";" }
      let indices = parts.compactMap { Int($0) }.filter { $0 >= 0 }
      guard indices.count == parts.count, !indices.isEmpty else {
        throw TruthError(
          .malformedFile, "\"\(text)\" are no indices of classes; write such as 659 809")
      }
      return .indices(Array(Set(indices)).sorted())
    }
  }
}
