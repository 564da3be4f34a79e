/// A variable of a MATLAB file, as far as spectra are made of it.
indirect enum MATLABValue {
  /// Numbers in MATLAB's order: the first index runs first.
  case numbers([Double], extents: [Int])

  /// One text for each row.
  case texts([String])

  /// A list with a value at each place, the first index running first.
  case cells([MATLABValue], extents: [Int])

  /// Named values, in order.
  case structure([(name: String, value: MATLABValue)])

  /// What no spectra are made of.
  case other
}

/// Arrays by their paths in a file, such as `sample.axisscale{2,1}`.
struct NamedArray {
  let name: String
  let value: MATLABValue

  /// The last part of the path, in small letters, without an index.
  var shortName: String {
    let last = name.split(separator: ".").last ?? ""
    return last.prefix { $0 != "{" }.lowercased()
  }

  /// Where it stands: the path without its last part.
  var parent: String { name.split(separator: ".").dropLast().joined(separator: ".") }

  /// The numbers of a list along one axis; nil when it is none.
  var list: [Double]? {
    guard case .numbers(let values, let extents) = value, values.count > 1,
      extents.count(where: { $0 > 1 }) == 1
    else { return nil }
    return values
  }

  /// All arrays in variables, those in structures and lists included.
  static func flattened(_ variables: [(name: String, value: MATLABValue)]) -> [NamedArray] {
    variables.flatMap { flattened($0.name, $0.value) }
  }

  private static func flattened(_ name: String, _ value: MATLABValue) -> [NamedArray] {
    switch value {
    case .structure(let fields):
      return fields.flatMap { flattened("\(name).\($0.name)", $0.value) }
    case .cells(let values, let extents):
      if let texts = texts(values) { return [NamedArray(name: name, value: .texts(texts))] }
      let height = max(1, extents.first ?? 1)
      return values.enumerated().flatMap { index, value in
        flattened("\(name){\(index % height + 1),\(index / height + 1)}", value)
      }
    case .numbers, .texts: return [NamedArray(name: name, value: value)]
    case .other: return []
    }
  }

  /// The texts of a list that holds nothing but one text at each place.
  private static func texts(_ values: [MATLABValue]) -> [String]? {
    guard values.count > 1 else { return nil }
    let texts = values.compactMap { value -> String? in
      guard case .texts(let texts) = value else { return nil }
      return texts.joined(separator: " ")
    }
    return texts.count == values.count && texts.contains { !$0.isEmpty } ? texts : nil
  }
}
