import ImageData

/// What is read of a COCO file.
struct COCODocument: Decodable {
  let images: [Image]
  let annotations: [Annotation]
  let categories: [Category]

  struct Category: Decodable {
    let id: Int
    let name: String
  }

  struct Image: Decodable {
    let id: Int
    let fileName: String
    let width: Int?
    let height: Int?

    var size: PictureSize? {
      guard let width, let height else { return nil }
      return PictureSize(width: width, height: height)
    }

    enum CodingKeys: String, CodingKey {
      case id, width, height
      case fileName = "file_name"
    }
  }

  struct Annotation: Decodable {
    let imageID: Int
    let categoryID: Int
    let box: [Double]?
    let segmentation: Segmentation?
    let isCrowd: Int?

    enum CodingKeys: String, CodingKey {
      case segmentation
      case imageID = "image_id"
      case categoryID = "category_id"
      case box = "bbox"
      case isCrowd = "iscrowd"
    }

    /// The thing that is marked.
    ///
    /// - Throws: `TruthError` saying what is wrong with it.
    func object(_ category: Int) throws(TruthError) -> TruthObject {
      let outline = try segmentation?.outline()
      guard let box, !box.isEmpty, isCrowd != 1 || outline == nil else {
        guard let outline else {
          throw TruthError(.malformedFile, "has neither a bbox nor a segmentation")
        }
        return TruthObject(category: category, box: nil, outline: outline)
      }
      guard box.count == 4 else {
        throw TruthError(
          .malformedFile, "its bbox has \(box.count) numbers; 4 are left, top, width and height")
      }
      return TruthObject(
        category: category,
        box: try TruthDraft.box(
          left: box[0], top: box[1], right: box[0] + box[2], bottom: box[1] + box[3]),
        outline: outline)
    }
  }
}

extension COCODocument {
  /// The pixels of a thing.
  enum Segmentation: Decodable {
    case polygons([[Double]])
    case lengths([Int], size: [Int])
    case text(String, size: [Int])

    private enum CodingKeys: String, CodingKey { case size, counts }

    init(from decoder: any Decoder) throws {
      guard let runs = try? decoder.container(keyedBy: CodingKeys.self) else {
        self = .polygons(try decoder.singleValueContainer().decode([[Double]].self))
        return
      }
      let size = try runs.decode([Int].self, forKey: .size)
      if let text = try? runs.decode(String.self, forKey: .counts) {
        self = .text(text, size: size)
      } else {
        self = .lengths(try runs.decode([Int].self, forKey: .counts), size: size)
      }
    }

    /// The pixels; nil where there are none.
    ///
    /// - Throws: `TruthError` when the numbers are no such thing.
    func outline() throws(TruthError) -> TruthOutline? {
      switch self {
      case .polygons(let polygons):
        for polygon in polygons {
          guard polygon.count.isMultiple(of: 2), polygon.allSatisfy({ abs($0) < 1e9 }) else {
            throw TruthError(.malformedFile, "a polygon is no list of pairs of pixels")
          }
        }
        let closed = polygons.filter { $0.count >= 6 }
        return closed.isEmpty ? nil : .polygons(closed)
      case .lengths(let counts, let size):
        return .runs(try RunLengths(counts, size: Self.size(size)))
      case .text(let text, let size):
        return .runs(try RunLengths(text: text, size: Self.size(size)))
      }
    }

    private static func size(_ extents: [Int]) throws(TruthError) -> PictureSize {
      guard extents.count == 2 else {
        throw TruthError(.malformedFile, "the size of a mask is not rows and columns")
      }
      return PictureSize(width: extents[1], height: extents[0])
    }
  }
}
