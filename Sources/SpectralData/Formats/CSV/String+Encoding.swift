extension String {
  /// The text of bytes: UTF-8, or else Latin-1, as older programs write it.
  init(text bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    var scalars = UnicodeScalarView()
    for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
    self.init(scalars)
  }
}
