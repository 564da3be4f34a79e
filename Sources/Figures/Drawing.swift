/// Where everything in a figure stands, and how it is drawn; the same for pictures and vector
/// graphics.
public protocol Drawing {
  /// Points across.
  var width: Double { get }

  /// Points down.
  var height: Double { get }

  /// What is written in the figure besides its title; empty texts are left out.
  var texts: [String] { get }

  /// Draws everything.
  func draw(on canvas: Canvas)
}

extension Drawing {
  /// The width that all figures along a spectral axis share, so that they fit one column of a report.
  package static var sharedWidth: Double { 760 }

  package var width: Double { Self.sharedWidth }
}
