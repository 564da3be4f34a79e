/// What samples are made of: whose bands are looked for.
public enum Material: String, Codable, Hashable, Sendable, CaseIterable {
  /// Amino acids in chains.
  case proteins
  /// Fats, oils and membranes.
  case lipids
  /// Sugars, starch and cellulose.
  case carbohydrates
  /// DNA and RNA.
  case nucleicAcids = "nucleic-acids"
  /// Yellow to red pigments of plants and bacteria.
  case carotenoids
  /// Plastics.
  case polymers
  /// Carbonates, sulfates, phosphates, silicates and oxides.
  case minerals
  /// Water, as in moist samples.
  case water
  /// Alcohols, acids, nitriles and aromatic compounds.
  case organics

  /// Its bands in infrared, Raman and near-infrared spectra, as far as they are built in.
  ///
  /// A match is a hint, not an identification: several assignments share most ranges.
  public var bands: BandTable { (try? BandTable(csv: text)) ?? BandTable([]) }

  /// What `bands` is read from.
  var text: String {
    switch self {
    case .proteins: BandText.proteins
    case .lipids: BandText.lipids
    case .carbohydrates: BandText.carbohydrates
    case .nucleicAcids: BandText.nucleicAcids
    case .carotenoids: BandText.carotenoids
    case .polymers: BandText.polymers
    case .minerals: BandText.minerals
    case .water: BandText.water
    case .organics: BandText.organics
    }
  }
}

extension BandTable {
  /// The built-in bands of materials, in their order.
  ///
  /// - Parameter materials: What samples are made of.
  public init(of materials: [Material]) {
    self.init(materials.flatMap(\.bands.bands))
  }
}
