import Catalogs

extension Parameter<Int> {
  /// How many masks are drawn.
  static func maskCount(_ standard: Int) -> Parameter {
    Parameter(
      "masks", "how many masks are drawn for each input", standard: standard,
      .whole(1...10_000_000))
  }

  /// Into how many cells an input is divided.
  static func cells(picture: Int, spectrum: Int) -> Parameter {
    Parameter(
      "cells",
      "into how many cells each side of the input is divided; 0 for \(picture) of a picture and "
        + "\(spectrum) of a spectrum",
      standard: 0, .whole(0...100_000))
  }
}

extension Parameter<InputLength?> {
  /// A length along the input that is found where nothing is said.
  static func length(_ name: String, _ summary: String) -> Parameter {
    Parameter(
      name, summary, standard: .some(nil),
      Domain(
        "auto, a share of the side such as 15%, or a length in pixels or units of the axis",
        read: { text in text == "auto" ? .some(nil) : InputLength(text).map { .some($0) } },
        write: { $0?.text ?? "auto" }))
  }
}
