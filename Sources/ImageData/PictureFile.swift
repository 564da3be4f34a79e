import Foundation

/// A decoded picture file, upright, with what its user should know.
package struct PictureFile: Sendable {
  private enum Content {
    case picture(Picture)
    case raster(Raster)
  }

  private let content: Content
  private let path: String?

  /// Columns and rows of the whole picture as it is displayed, and what both were divided by.
  private let size: (width: Int, height: Int, divisor: Int)

  /// What was done to its colors, or left undone, one sentence each.
  package let notes: [String]

  /// Reads a picture file; the content decides which format it has, not the name.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - preprocessing: What is done with the picture, where that may save pixels; nil reads all.
  /// - Throws: `ImageError` naming the file and what is wrong with it.
  package init(
    reading path: String, for preprocessing: ImagePreprocessing? = nil
  ) throws(ImageError) {
    let bytes = try PictureFile.contents(of: path)
    do throws(ImageError) {
      try self.init(bytes, path: path, for: preprocessing)
    } catch {
      throw error.located(at: path)
    }
  }

  /// Decodes the bytes of a picture file.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: `ImageError` when the bytes are of no format in `PictureFormat`, are damaged, or declare
  ///   too many pixels.
  package init(_ bytes: [UInt8]) throws(ImageError) {
    try self.init(bytes, path: nil, for: nil)
  }

  private init(
    _ bytes: [UInt8], path: String?, for preprocessing: ImagePreprocessing?
  ) throws(ImageError) {
    guard let format = PictureFormat(startOf: bytes) else {
      throw bytes.isEmpty
        ? ImageError(.malformedFile, "the file is empty")
        : ImageError(
          .unknownFormat, "is no \(PictureFormat.list) picture; convert it to one of them")
    }
    self.path = path
    let metadata: PictureMetadata
    var whole: (width: Int, height: Int, divisor: Int)?
    switch format {
    case .png:
      metadata = PictureMetadata(png: bytes)
      content = .picture(try ImageCodec.decodePNG(bytes).upright(from: metadata.orientation))
    case .jpeg:
      metadata = PictureMetadata(jpeg: bytes)
      let orientation = metadata.orientation
      let stored = try ImageCodec.decodeJPEG(bytes, invertsCMYK: metadata.hasAdobeMarker) {
        let (width, height) = orientation.exchangesAxes ? ($1, $0) : ($0, $1)
        let divisor = preprocessing?.decodingDivisor(width: width, height: height) ?? 1
        whole = (width, height, divisor)
        return divisor
      }
      content = .picture(stored.upright(from: orientation))
    case .webp:
      metadata = PictureMetadata(webP: bytes)
      content = .picture(try WebPCodec.decode(bytes).upright(from: metadata.orientation))
    case .tiff:
      let file = try TIFFCodec.decode(bytes)
      metadata = file.metadata
      content = .raster(file.raster.upright(from: metadata.orientation))
    }
    notes = [metadata.profile?.note].compactMap(\.self)
    switch content {
    case .picture(let picture): size = whole ?? (picture.width, picture.height, 1)
    case .raster(let raster): size = (raster.width, raster.height, 1)
    }
  }

  /// The picture as 8-bit colors.
  ///
  /// - Throws: `ImageError` when its bands are no colors, or nothing says what white is.
  package func picture() throws(ImageError) -> Picture {
    switch content {
    case .picture(let picture): return picture
    case .raster(let raster):
      do throws(ImageError) {
        return try Picture(raster)
      } catch {
        throw path.map(error.located) ?? error
      }
    }
  }

  /// How the picture comes to the positions of a network, from pixels of the whole picture as it is
  /// displayed, however many of them were decoded.
  ///
  /// - Parameter preprocessing: What the file was read for.
  /// - Returns: What `prepare` does with the picture.
  /// - Throws: `ImageError` when the settings contradict themselves or do not fit the picture.
  package func placement(
    _ preprocessing: ImagePreprocessing
  ) throws(ImageError) -> PicturePlacement {
    try preprocessing.placement(
      width: size.width, height: size.height, decodedBy: size.divisor)
  }

  /// The picture as numbers: those of the file for TIFF, 8-bit colors for others.
  package var raster: Raster {
    switch content {
    case .picture(let picture): Raster(picture)
    case .raster(let raster): raster
    }
  }

  /// The bytes of a regular file.
  static func contents(of path: String) throws(ImageError) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw ImageError(.unreadable, "\(path): no such file, or it may not be read")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw ImageError(.unreadable, "\(path): not a regular file; name a picture file")
    }
    guard let data = try? Data(contentsOf: url) else {
      throw ImageError(.unreadable, "\(path): cannot be read; check its permissions")
    }
    return [UInt8](data)
  }
}
