import Foundation
import Mustache

/// A gallery as one page that needs no network, and no other file but those that it links to.
package struct GalleryPage: Sendable {
  private let gallery: Gallery

  /// Prepares a page.
  ///
  /// - Parameter gallery: What it shows.
  package init(_ gallery: Gallery) {
    self.gallery = gallery
  }

  /// The text of the page.
  ///
  /// - Returns: HTML, to be written as UTF-8.
  /// - Throws: `ReportError` when the page cannot be put together.
  package func text() throws(ReportError) -> String {
    let counts = Dictionary(grouping: gallery.items, by: \.finding).mapValues(\.count)
    let findings = counts.keys.sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
    let page: [String: Any] = [
      "style": GalleryStyle.text, "script": GalleryScript.text, "title": gallery.title,
      "subtitle": gallery.subtitle, "footer": gallery.footer, "count": "\(gallery.items.count)",
      "findings": findings.map { ["name": $0, "count": "\(counts[$0] ?? 0)"] },
      "items": gallery.items.enumerated().map { Self.view($1, place: $0) },
      "failures": gallery.failures, "hasFailures": !gallery.failures.isEmpty,
      "failureCount": "\(gallery.failures.count)",
    ]
    do {
      return try MustacheTemplate(string: GalleryTemplate.page).render(page)
    } catch {
      throw ReportError(.template, "the page could not be put together: \(error)")
    }
  }

  private static func view(_ item: Gallery.Item, place: Int) -> [String: Any] {
    var view: [String: Any] = [
      "place": "\(place)", "finding": item.finding, "score": "\(item.score)",
      "scoreText": item.scoreText, "name": item.name, "detail": item.detail,
      "hasDetail": !item.detail.isEmpty, "hasThumbnail": !item.thumbnail.isEmpty,
      "thumbnail": item.thumbnail.base64EncodedString(), "hasLink": item.link != nil,
    ]
    // Names of files may hold what means something in addresses.
    view["link"] = item.link?.addingPercentEncoding(withAllowedCharacters: allowed)
    return view
  }

  private static let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
}
