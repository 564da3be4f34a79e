package import TensorCore

/// A picture of any number of bands, as the numbers that its file holds.
package struct Raster: Hashable, Sendable {
  /// What the first bands mean when they are looked at.
  enum Colors: Hashable {
    /// One band from black up.
    case gray
    /// One band from white up.
    case invertedGray
    /// Red, green and blue.
    case rgb
    /// Several bands without a meaning that is known here.
    case bands
  }

  /// What a band beside the colors says about what lies behind them.
  enum Opacity: Hashable {
    /// Colors are stored as they are.
    case plain
    /// Colors are stored multiplied by it.
    case multiplied
  }

  /// The samples, `[bands, rows, columns]`, in the units of the file.
  package let samples: Tensor

  /// The sample of white: 255 or 65,535; nil where samples are floating-point numbers or have a
  /// sign.
  package let fullScale: Float?

  let colors: Colors
  let opacity: Opacity?

  /// The number of bands, opacity included.
  package var bandCount: Int { samples.shape[0] }

  /// The number of rows.
  package var height: Int { samples.shape[1] }

  /// The number of columns.
  package var width: Int { samples.shape[2] }

  init(samples: Tensor, fullScale: Float?, colors: Colors, opacity: Opacity?) {
    self.samples = samples
    self.fullScale = fullScale
    self.colors = colors
    self.opacity = opacity
  }

  /// Takes a picture: three bands from 0 to 255.
  package init(_ picture: Picture) {
    let count = picture.width * picture.height
    var elements = [Float](repeating: 0, count: 3 * count)
    for index in 0..<count {
      for band in 0..<3 { elements[band * count + index] = Float(picture.pixels[3 * index + band]) }
    }
    self.init(
      samples: Tensor(shape: [3, picture.height, picture.width], elements: elements),
      fullScale: 255, colors: .rgb, opacity: nil)
  }

  /// The raster turned and mirrored so that it stands upright.
  func upright(from orientation: ExifOrientation) -> Raster {
    if orientation == .upright { return self }
    let newWidth = orientation.exchangesAxes ? height : width
    let newHeight = orientation.exchangesAxes ? width : height
    var turned = [Float](repeating: 0, count: samples.elements.count)
    var target = 0
    for band in 0..<bandCount {
      let start = band * width * height
      for row in 0..<newHeight {
        for column in 0..<newWidth {
          let stored = orientation.stored(
            row: row, column: column, width: width, height: height)
          turned[target] = samples.elements[start + stored.row * width + stored.column]
          target += 1
        }
      }
    }
    return Raster(
      samples: Tensor(shape: [bandCount, newHeight, newWidth], elements: turned),
      fullScale: fullScale, colors: colors, opacity: opacity)
  }
}

extension Picture {
  /// The colors of a raster with 8 bits, transparent pixels laid on white.
  ///
  /// Samples of 16 bits are divided by 257; floating-point samples must run from 0 to 1.
  ///
  /// - Parameter raster: One band, or three and perhaps an opacity.
  /// - Throws: `ImageError` when its bands are no colors, or nothing says what white is.
  init(_ raster: Raster) throws(ImageError) {
    guard raster.colors != .bands else {
      throw ImageError(
        .unsupportedFile,
        "has \(raster.bandCount) bands, which are not the colors of a picture")
    }
    let elements = raster.samples.elements
    if raster.fullScale == nil, let value = elements.first(where: { !(0...1).contains($0) }) {
      throw ImageError(
        .unsupportedFile,
        "its samples are no whole numbers from 0, and \(value) lies outside of 0…1: what is black and "
          + "white is not known; save it with 8 or 16 bits")
    }
    let (count, unit) = (raster.width * raster.height, 255 / (raster.fullScale ?? 1))
    let colorCount = raster.colors == .rgb ? 3 : 1
    var pixels = [UInt8](repeating: 0, count: 3 * count)
    for index in 0..<count {
      let opacity = raster.opacity.map { _ in elements[colorCount * count + index] * unit / 255 }
      for channel in 0..<3 {
        var value = elements[min(channel, colorCount - 1) * count + index] * unit
        if raster.colors == .invertedGray { value = 255 - value }
        if let opacity {
          value = (raster.opacity == .plain ? value * opacity : value) + 255 * (1 - opacity)
        }
        pixels[3 * index + channel] = UInt8(max(0, min(255, value.rounded())))
      }
    }
    self.init(width: raster.width, height: raster.height, pixels: pixels)
  }
}
