import Catalogs
import Explanations
import GraphRewriting
import ImageData
import NetworkTraining
import SpectralData
import Testing

/// What holds of every catalog that help, completion and files are read from.
struct CatalogContractTests {
  struct Listing: Sendable, CustomStringConvertible {
    let noun: String
    let entries: [any CatalogEntry]

    init<Entry>(_ catalog: Catalog<Entry>) {
      noun = catalog.noun
      entries = Array(catalog)
    }

    var description: String { noun }
  }

  static let catalogs = [
    Listing(MethodCatalog.entries), Listing(RelevanceRuleCatalog.entries),
    Listing(CompositeCatalog.entries), Listing(PreprocessingCatalog.entries),
    Listing(AugmentationCatalog.entries), Listing(SpectrumFormatCatalog.entries),
    Listing(ArchitectureCatalog.entries), Listing(PicturePresetCatalog.entries),
    Listing(LabelSetCatalog.entries),
  ]

  @Test(arguments: catalogs)
  func `every entry has an id of its own and says what it is`(catalog: Listing) {
    let ids = catalog.entries.map { $0.id }
    #expect(Set(ids).count == ids.count && !ids.isEmpty)
    for entry in catalog.entries {
      #expect(!entry.summary.isEmpty, "\(entry.id)")
      // Ids stand in lists with commas, in names of files, and before parentheses.
      #expect(entry.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(entry.id)")
      let names = entry.parameters.map { $0.name }
      #expect(Set(names).count == names.count, "\(entry.id)")
    }
  }

  @Test(arguments: catalogs)
  func `every parameter is described, and its standard is one of its values`(
    catalog: Listing
  ) throws {
    for entry in catalog.entries {
      for parameter in entry.parameters { try check(parameter, of: entry.id) }
    }
  }

  private func check<Described: ParameterDescription>(
    _ parameter: Described, of id: String
  ) throws {
    let place = "\(id) \(parameter.name)"
    #expect(!parameter.name.isEmpty && !parameter.summary.isEmpty, "\(place)")
    #expect(!parameter.domain.phrase.isEmpty, "\(place)")
    guard let text = parameter.standardText else {
      #expect(!parameter.usage.isEmpty, "\(place)")
      return
    }
    #expect(try parameter.domain.value(text) == parameter.standard, "\(place)")
    #expect(try parameter.setting(text).text == text, "\(place)")
    #expect(parameter.usage.hasPrefix(text), "\(place)")
    #expect(parameter.words.isEmpty || parameter.words.first == text, "\(place)")
    #expect(Set(parameter.words).count == parameter.words.count, "\(place)")
  }
}
