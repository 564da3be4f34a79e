import Figures

/// Which rows a comparison has: one for each layer, or a single one where every method has maps at one place
/// only, since rows would then be empty but for a few cells.
struct ComparisonArrangement {
  /// The layers by their places in the plan, −1 for the input; in order.
  let places: [Int]

  /// The place of each method; nil where there is a row for each place.
  private let placesOfMethods: [Int: Int]?

  /// Arranges maps.
  ///
  /// - Parameter maps: The method and the place of each map, by index; −1 for the input.
  init(_ maps: [(method: Int, place: Int)]) {
    places = Set(maps.map(\.place)).sorted()
    let found = Dictionary(grouping: maps, by: \.method).mapValues { Set($0.map(\.place)) }
    let areAlone = places.count > 1 && found.values.allSatisfy { $0.count == 1 }
    placesOfMethods = areAlone ? found.compactMapValues(\.first) : nil
  }

  /// The row in which maps of a place stand.
  func row(of place: Int) -> Int {
    placesOfMethods == nil ? places.firstIndex(of: place) ?? 0 : 0
  }

  /// The heads that are drawn.
  ///
  /// - Parameter heads: One for each place.
  /// - Returns: The same, or a single one where all methods stand in one row.
  func rows(_ heads: [ComparisonFigure.Row]) -> [ComparisonFigure.Row] {
    guard placesOfMethods != nil else { return heads }
    return [.init(name: "each at its layer", detail: "after its name")]
  }

  /// What stands above the column of a method: its title, with its place where rows do not say it.
  ///
  /// - Parameters:
  ///   - title: The title of the method.
  ///   - method: Its index.
  ///   - heads: The head of each place.
  /// - Returns: One line of text, which is broken where it does not fit.
  func name(_ title: String, ofMethod method: Int, heads: [ComparisonFigure.Row]) -> String {
    guard let place = placesOfMethods?[method], let index = places.firstIndex(of: place)
    else { return title }
    return "\(title), \(heads[index].name)"
  }
}
