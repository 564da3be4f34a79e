import Foundation

/// Where the raw data of initializers lies in a file.
///
/// Decoding the message would copy every weight; instead, large raw data is cut out of what is
/// decoded, and read later straight from the file.
struct WeightLayout {
  /// The file without the data that was cut out; the whole file when nothing was.
  let skeleton: Data

  /// For every initializer whose raw data was cut out, where that is.
  let rawData: [Int: RawData]

  /// Raw data of fewer bytes stays in the message.
  private static let minimumByteCount = 1024

  /// Finds the large initializers of a file; any irregularity leaves the file whole.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file.
  ///   - url: Where they can be read again, so that they need not be kept; nil keeps them.
  init(_ data: Data, url: URL?) {
    var cutter = WeightCutter(data: data, url: url, minimumByteCount: Self.minimumByteCount)
    if let skeleton = cutter.cutModel() {
      (self.skeleton, rawData) = (skeleton, cutter.rawData)
    } else {
      (skeleton, rawData) = (data, [:])
    }
  }
}

/// Walks the fields of a model message and leaves out the raw data of its initializers.
private struct WeightCutter {
  let data: Data
  let url: URL?
  let minimumByteCount: Int
  var rawData: [Int: RawData] = [:]
  private var initializerCount = 0

  /// One field: its number, all its bytes, and its contents when it has a length.
  private struct Field {
    let number: UInt64
    let whole: Range<Int>
    let contents: Range<Int>?
  }

  // Numbers of fields in the messages' definitions.
  private static let graphField: UInt64 = 7
  private static let initializerField: UInt64 = 5
  private static let rawDataField: UInt64 = 9

  init(data: Data, url: URL?, minimumByteCount: Int) {
    self.data = data
    self.url = url
    self.minimumByteCount = minimumByteCount
  }

  /// The model without large raw data; nil when the bytes are not as expected.
  mutating func cutModel() -> Data? {
    guard let fields = fields(in: data.startIndex..<data.endIndex),
      fields.count(where: { $0.number == Self.graphField }) == 1
    else { return nil }
    var model = Data()
    for field in fields {
      guard field.number == Self.graphField else {
        model.append(data[field.whole])
        continue
      }
      guard let contents = field.contents, let graph = cutGraph(contents) else { return nil }
      append(graph, as: field.number, to: &model)
    }
    return model
  }

  private mutating func cutGraph(_ range: Range<Int>) -> Data? {
    guard let fields = fields(in: range) else { return nil }
    var graph = Data()
    for field in fields {
      guard field.number == Self.initializerField else {
        graph.append(data[field.whole])
        continue
      }
      guard let contents = field.contents, let tensor = cutTensor(contents) else { return nil }
      append(tensor, as: field.number, to: &graph)
      initializerCount += 1
    }
    return graph
  }

  private mutating func cutTensor(_ range: Range<Int>) -> Data? {
    guard let fields = fields(in: range) else { return nil }
    let raw = fields.filter { $0.number == Self.rawDataField }
    guard raw.count == 1, let contents = raw[0].contents, contents.count >= minimumByteCount else {
      return data[range]
    }
    var tensor = Data()
    for field in fields where field.number != Self.rawDataField { tensor.append(data[field.whole]) }
    let place = (contents.lowerBound - data.startIndex)..<(contents.upperBound - data.startIndex)
    rawData[initializerCount] = url.map { .file($0, place) } ?? .memory(data[contents])
    return tensor
  }

  private func append(_ contents: Data, as number: UInt64, to message: inout Data) {
    for value in [number << 3 | 2, UInt64(contents.count)] {
      var rest = value
      while rest >= 0x80 {
        message.append(UInt8(rest & 0x7f) | 0x80)
        rest >>= 7
      }
      message.append(UInt8(rest))
    }
    message.append(contents)
  }

  /// The fields of a message; nil when they do not fill the range exactly.
  private func fields(in range: Range<Int>) -> [Field]? {
    var fields: [Field] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let start = place
      guard let tag = number(at: &place, before: range.upperBound) else { return nil }
      var contents: Range<Int>?
      switch tag & 7 {
      case 0:
        guard number(at: &place, before: range.upperBound) != nil else { return nil }
      case 1: place += 8
      case 5: place += 4
      case 2:
        guard let length = number(at: &place, before: range.upperBound),
          length <= UInt64(range.upperBound - place)
        else { return nil }
        contents = place..<(place + Int(length))
        place += Int(length)
      default: return nil
      }
      guard place <= range.upperBound else { return nil }
      fields.append(Field(number: tag >> 3, whole: start..<place, contents: contents))
    }
    return fields
  }

  /// A number of variable length; nil when it is cut off or too long.
  private func number(at place: inout Int, before end: Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < end else { return nil }
      let byte = data[place]
      place += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
