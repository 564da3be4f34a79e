import Foundation
import ImageData

/// JSON as of the data sets "Common Objects in Context": boxes, polygons and runs of pixels.
///
/// Boxes are left, top, width and height. Of a crowd (`iscrowd`) the region counts, not the box.
enum COCOFormat {
  static let entry = TruthFormat(
    id: "coco", summary: "COCO JSON (images, annotations, categories)",
    recognizes: { $0.firstByte == UInt8(ascii: "{") || $0.firstByte == UInt8(ascii: "[") },
    read: { source throws(TruthError) in try truth(document(source.bytes)) })

  /// Whether a file is JSON with annotations, where others may lie beside it.
  static func holdsAnnotations(_ source: TruthSource) -> Bool {
    source.firstByte == UInt8(ascii: "{")
      && Data(source.bytes).range(of: Data("\"annotations\"".utf8)) != nil
  }

  private static func document(_ bytes: [UInt8]) throws(TruthError) -> COCODocument {
    do {
      return try JSONDecoder().decode(COCODocument.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw TruthError(.malformedFile, "is no COCO JSON: \(sentence(error))")
    } catch {
      throw TruthError(.malformedFile, "is no COCO JSON that can be read")
    }
  }

  private static func sentence(_ error: DecodingError) -> String {
    let (context, missing): (DecodingError.Context, String?) =
      switch error {
      case .keyNotFound(let key, let context): (context, key.stringValue)
      case .typeMismatch(_, let context), .valueNotFound(_, let context): (context, nil)
      case .dataCorrupted(let context): (context, nil)
      @unknown default: (.init(codingPath: [], debugDescription: ""), nil)
      }
    let place = context.codingPath.reduce("") { text, key in
      if let index = key.intValue { return "\(text)[\(index)]" }
      return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
    }
    if let missing { return "\(place.isEmpty ? "the file" : place) has no \"\(missing)\"" }
    if case .dataCorrupted = error, place.isEmpty { return "the text is no valid JSON" }
    if place.isEmpty {
      return "an object with images, annotations and categories is expected"
    }
    return "\(place) holds something else than is expected there"
  }

  private static func truth(_ file: COCODocument) throws(TruthError) -> GroundTruth {
    var draft = TruthDraft()
    var categories: [Int: Int] = [:]
    for category in file.categories {
      guard categories[category.id] == nil else {
        throw TruthError(.malformedFile, "two categories have the id \(category.id)")
      }
      categories[category.id] = try draft.category(category.name)
    }
    var images: [Int: COCODocument.Image] = [:]
    for image in file.images {
      guard images[image.id] == nil else {
        throw TruthError(.malformedFile, "two images have the id \(image.id)")
      }
      images[image.id] = image
      try draft.picture(image.fileName, size: image.size)
    }
    for (index, annotation) in file.annotations.enumerated() {
      guard let image = images[annotation.imageID], let category = categories[annotation.categoryID]
      else {
        throw TruthError(
          .malformedFile,
          "annotations[\(index)] is of image \(annotation.imageID) and category "
            + "\(annotation.categoryID), of which one is not in the file")
      }
      do throws(TruthError) {
        draft.add(try annotation.object(category), to: image.fileName)
      } catch {
        throw TruthError(error.code, "annotations[\(index)]: \(error.description)")
      }
    }
    return try draft.truth(form: "COCO JSON")
  }
}
