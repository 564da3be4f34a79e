import Foundation
import ImageData
import SpectralData

/// XML as of the challenge "Visual Object Classes": a file for each picture, alone or in a folder.
///
/// Edges of boxes are numbers of pixels from 1, the last included; so the first pixel alone is 1…1.
enum VOCFormat {
  static let entry = TruthFormat(
    id: "voc", summary: "VOC XML (a file, or a folder with one for each picture)",
    recognizes: { source in
      source.files == nil
        ? source.firstByte == UInt8(ascii: "<") : !source.files(endingIn: "xml").isEmpty
    },
    read: { source throws(TruthError) in
      var draft = TruthDraft()
      for file in source.files == nil ? [source.name] : source.files(endingIn: "xml") {
        do throws(TruthError) {
          try read(
            source.files == nil ? source.bytes : TruthSource.contents(source.path(of: file)),
            file: file, into: &draft)
        } catch {
          throw source.files == nil ? error : error.located(at: source.path(of: file))
        }
      }
      return try draft.truth(form: "VOC XML")
    })

  private static func read(
    _ bytes: [UInt8], file: String, into draft: inout TruthDraft
  ) throws(TruthError) {
    let annotation = try VOCAnnotation(bytes)
    let stem = String(file.dropLast(file.lowercased().hasSuffix(".xml") ? 4 : 0))
    let name = annotation.values["annotation/filename"].flatMap { $0.isEmpty ? nil : $0 } ?? stem
    var size: PictureSize?
    if let width = annotation.values["annotation/size/width"].flatMap({ Int($0) }),
      let height = annotation.values["annotation/size/height"].flatMap({ Int($0) })
    {
      size = PictureSize(width: width, height: height)
    }
    try draft.picture(name, size: size)
    for (index, object) in annotation.objects.enumerated() {
      do throws(TruthError) {
        try add(object, to: name, &draft)
      } catch {
        throw TruthError(error.code, "object \(index + 1): \(error.description)")
      }
    }
  }

  private static func add(
    _ object: [String: String], to name: String, _ draft: inout TruthDraft
  ) throws(TruthError) {
    guard let title = object["name"], !title.isEmpty else {
      throw TruthError(.malformedFile, "its name is missing")
    }
    var edges: [Double] = []
    for edge in ["xmin", "ymin", "xmax", "ymax"] {
      guard let number = object["bndbox/\(edge)"].flatMap({ Double($0) }), number.isFinite else {
        throw TruthError(.malformedFile, "\(edge) of its bndbox is missing or no number")
      }
      edges.append(number)
    }
    let box = try TruthDraft.box(
      left: edges[0] - 1, top: edges[1] - 1, right: edges[2], bottom: edges[3])
    draft.add(TruthObject(category: try draft.category(title), box: box), to: name)
  }
}

/// The texts in a VOC file by the names of the elements around them.
struct VOCAnnotation {
  /// Texts outside of objects, by paths from the root.
  private(set) var values: [String: String] = [:]

  /// Texts in each object, by paths from it.
  private(set) var objects: [[String: String]] = []

  /// No annotation nests deeper.
  private static let depthLimit = 32

  /// Reads a file.
  ///
  /// - Throws: `TruthError` when it is no annotation, nests absurdly, or is cut off.
  init(_ bytes: [UInt8]) throws(TruthError) {
    var scanner = XMLScanner(bytes)
    var path: [String] = []
    var text = ""
    var isClosed = false
    while let event = scanner.next() {
      switch event {
      case .start(let name, _):
        path.append(name)
        text = ""
        guard path[0] == "annotation", path.count <= Self.depthLimit else {
          throw TruthError(.malformedFile, "is no VOC annotation; its root is <annotation>")
        }
        if path == ["annotation", "object"] { objects.append([:]) }
      case .text(let part):
        text += part
      case .end(let name):
        guard path.last == name else {
          throw TruthError(.malformedFile, "the XML is damaged: </\(name)> closes nothing")
        }
        note(text, at: path)
        path.removeLast()
        text = ""
        isClosed = path.isEmpty
      }
    }
    guard isClosed else {
      throw TruthError(.malformedFile, "the XML is damaged or cut off")
    }
  }

  /// Keeps the first text of each place.
  private mutating func note(_ text: String, at path: [String]) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if path.count > 2, path[1] == "object", !objects.isEmpty {
      let key = path[2...].joined(separator: "/")
      if objects[objects.count - 1][key] == nil { objects[objects.count - 1][key] = text }
    } else {
      let key = path.joined(separator: "/")
      if values[key] == nil { values[key] = text }
    }
  }
}
