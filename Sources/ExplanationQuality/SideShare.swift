import Catalogs

/// A length in hundredths of the shorter side of an input, or what is usual for its kind.
enum SideShare: Hashable {
  case auto
  case percent(Double)

  /// The length in positions.
  ///
  /// - Parameters:
  ///   - extents: The extents of the positions.
  ///   - picture: What is usual along several axes, in percent.
  ///   - spectrum: What is usual along one axis, in percent.
  /// - Returns: A number of positions, whole or not.
  func positions(_ extents: [Int], picture: Double, spectrum: Double) -> Double {
    let side = Double(extents.min() ?? 0)
    return switch self {
    case .auto: (extents.count == 1 ? spectrum : picture) / 100 * side
    case .percent(let percent): percent / 100 * side
    }
  }
}

extension Domain<SideShare> {
  /// `auto`, or a number of hundredths.
  static var sideShare: Domain {
    let percents = Domain<Double>.number(0...100)
    return Domain(
      "auto or a number in 0…100", bounds: "0…100",
      read: { text throws(SettingsError) in
        if text == "auto" { return .auto }
        return try percents.value(text).map { .percent($0) }
      },
      write: { share in
        switch share {
        case .auto: "auto"
        case .percent(let percent): percents.text(percent)
        }
      })
  }
}
