import ImageData

/// Truth while it is read.
struct TruthDraft {
  private(set) var categories: [TruthCategory] = []
  private var places: [String: Int] = [:]
  private var names: [String] = []
  private var sizes: [String: PictureSize] = [:]
  private var objects: [String: [TruthObject]] = [:]
  private var boxesWithoutArea: [String] = []

  /// The place of a category; equal names are one.
  ///
  /// - Throws: `TruthError` when it was said to stand for other classes before.
  mutating func category(
    _ name: String, meaning: TruthCategory.Meaning = .name
  ) throws(TruthError) -> Int {
    guard let place = places[name] else {
      places[name] = categories.count
      categories.append(TruthCategory(name, meaning: meaning))
      return categories.count - 1
    }
    guard categories[place].meaning == meaning else {
      throw TruthError(
        .malformedFile,
        "\"\(name)\" stands for other classes than in the lines before; give it the same everywhere"
      )
    }
    return place
  }

  /// Notes a picture, even if nothing is in it.
  ///
  /// - Throws: `TruthError` when it was said to have another size before.
  mutating func picture(_ name: String, size: PictureSize?) throws(TruthError) {
    if objects[name] == nil {
      objects[name] = []
      names.append(name)
    }
    guard let size, size.width > 0, size.height > 0 else { return }
    if let before = sizes[name], before != size {
      throw TruthError(
        .malformedFile,
        "\(name) has \(size.width)×\(size.height) pixels here and \(before.width)×\(before.height) "
          + "before; correct one of them")
    }
    sizes[name] = size
  }

  /// Adds a thing to a picture that was noted.
  ///
  /// - Parameters:
  ///   - object: The thing; left out and counted when it has neither area nor outline.
  ///   - name: The picture.
  mutating func add(_ object: TruthObject, to name: String) {
    guard let box = object.box, !(box.left < box.right && box.top < box.bottom) else {
      objects[name, default: []].append(object)
      return
    }
    if let outline = object.outline {
      objects[name, default: []].append(
        TruthObject(category: object.category, box: nil, outline: outline))
    } else {
      boxesWithoutArea.append(name)
    }
  }

  /// A box with finite edges.
  ///
  /// - Throws: `TruthError` naming what is not finite.
  static func box(
    left: Double, top: Double, right: Double, bottom: Double
  ) throws(TruthError) -> PictureBox {
    for (name, value) in [("left", left), ("top", top), ("right", right), ("bottom", bottom)]
    where !(abs(value) < 1e9) {
      throw TruthError(
        .malformedFile, "the \(name) edge of a box is \(value); write a number of pixels")
    }
    return PictureBox(left: left, top: top, right: right, bottom: bottom)
  }

  /// What was read.
  ///
  /// - Throws: `TruthError` when there is nothing.
  func truth(form: String, unit: GroundTruth.Unit = .pixels) throws(TruthError) -> GroundTruth {
    guard !names.isEmpty else {
      throw TruthError(.malformedFile, "\(form): no picture is described; is the file whole?")
    }
    var notes: [String] = []
    if let first = boxesWithoutArea.first {
      let count = boxesWithoutArea.count
      notes.append(
        "\(count) \(count == 1 ? "box has" : "boxes have") no area (right ≤ left or bottom ≤ top; "
          + "first in \(first)) and \(count == 1 ? "is" : "are") left out.")
    }
    let pictures = names.map {
      TruthPicture(name: $0, size: sizes[$0], objects: objects[$0] ?? [])
    }
    return GroundTruth(
      form: form, unit: unit, categories: categories, pictures: pictures, notes: notes)
  }
}
