/// Colors that tell classes, models and signs apart, also for readers with a color vision deficiency.
package enum Palette {
  /// What speaks for the answer.
  package static let positive = Color(red: 0.82, green: 0.04, blue: 0.10)

  /// What speaks against the answer.
  package static let negative = Color(red: 0.04, green: 0.25, blue: 0.85)

  /// Colors of classes and models in the order of use: the set of Okabe and Ito (2008) without
  /// yellow, which is hard to see on white.
  package static let categories: [Color] = [
    Color(red: 0.000, green: 0.447, blue: 0.698),
    Color(red: 0.835, green: 0.369, blue: 0.000),
    Color(red: 0.000, green: 0.620, blue: 0.451),
    Color(red: 0.800, green: 0.475, blue: 0.655),
    Color(red: 0.337, green: 0.706, blue: 0.914),
    Color(red: 0.902, green: 0.624, blue: 0.000),
    Color(red: 0.300, green: 0.300, blue: 0.300),
  ]

  /// The color of a class or model.
  ///
  /// - Parameter index: Which one, from 0; after the last color the first one follows.
  /// - Returns: The color.
  package static func category(_ index: Int) -> Color {
    categories[((index % categories.count) + categories.count) % categories.count]
  }

  /// Shades of one hue for amounts, from white for 0 to dark blue for 1.
  ///
  /// - Parameter share: 0…1; values outside count as the nearer end.
  /// - Returns: The color; its luminance falls steadily.
  package static func shade(_ share: Double) -> Color {
    mixed(shades, share)
  }

  /// Colors for steps of an order, such as low to high frequencies: dark blue over green to orange.
  package static func step(_ share: Double) -> Color {
    mixed(steps, share)
  }

  private static let shades = [
    Color.white, Color(red: 0.72, green: 0.85, blue: 0.93),
    Color(red: 0.32, green: 0.62, blue: 0.80), Color(red: 0.08, green: 0.36, blue: 0.62),
    Color(red: 0.03, green: 0.15, blue: 0.36),
  ]

  private static let steps = [
    Color(red: 0.16, green: 0.20, blue: 0.52), Color(red: 0.00, green: 0.45, blue: 0.62),
    Color(red: 0.10, green: 0.60, blue: 0.45), Color(red: 0.72, green: 0.58, blue: 0.10),
    Color(red: 0.86, green: 0.36, blue: 0.05),
  ]

  private static func mixed(_ colors: [Color], _ share: Double) -> Color {
    let position = min(1, max(0, share)) * Double(colors.count - 1)
    let index = min(Int(position), colors.count - 2)
    return colors[index].mixed(with: colors[index + 1], position - Double(index))
  }
}
