extension ImageCodec {
  /// Refuses a declared size before memory is taken for it.
  static func checkSize(width: Int, height: Int) throws(ImageError) {
    guard width > 0, height > 0 else {
      throw ImageError(.malformedFile, "the picture has no pixels (\(width)×\(height))")
    }
    let (count, overflows) = width.multipliedReportingOverflow(by: height)
    if overflows || count > Picture.maximumPixelCount {
      throw ImageError(
        .tooLarge,
        "\(width)×\(height) pixels are more than \(Picture.maximumPixelCount); make it smaller first"
      )
    }
  }

  /// Refuses more samples than twice the pixels that a picture may have.
  static func checkSampleCount(_ pixelCount: Int, bandCount: Int) throws(ImageError) {
    guard bandCount > 0 else { throw ImageError(.malformedFile, "the picture has no bands") }
    if pixelCount > 2 * Picture.maximumPixelCount / bandCount {
      throw ImageError(
        .tooLarge,
        "\(pixelCount) pixels of \(bandCount) bands are more than \(2 * Picture.maximumPixelCount) "
          + "samples; make it smaller first")
    }
  }

  /// RGB from RGBA samples laid on white, in the encoding of the samples.
  static func compositedOnWhite(_ samples: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 255, count: samples.count / 4 * 3)
    var destination = 0
    for source in stride(from: 0, to: samples.count, by: 4) {
      let alpha = UInt32(samples[source + 3])
      for channel in 0..<3 {
        let sum = alpha * UInt32(samples[source + channel]) + (255 - alpha) * 255
        result[destination + channel] = UInt8((sum + 127) / 255)
      }
      destination += 3
    }
    return result
  }

  /// RGB from cyan, magenta, yellow and black: the light that is left by the color and the black ink.
  static func convertedFromCMYK(_ samples: [UInt8], isInverted: Bool) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: samples.count / 4 * 3)
    let mask: UInt8 = isInverted ? 0 : 255
    var destination = 0
    for source in stride(from: 0, to: samples.count, by: 4) {
      let light = UInt32(samples[source + 3] ^ mask)
      for channel in 0..<3 {
        let product = UInt32(samples[source + channel] ^ mask) * light
        result[destination + channel] = UInt8((product + 127) / 255)
      }
      destination += 3
    }
    return result
  }
}
