import Figures
import ImageData
import SpectralData
import TensorCore

/// What maps are compared on, and how they are laid over it.
struct ComparisonSubject: Sendable {
  let subject: ComparisonFigure.Subject

  /// A map at the positions of the input as the subject shows it.
  let arranged: @Sendable (Tensor) -> Tensor

  /// Takes what figures show of an input: channels as lines in a picture, numbers as a line.
  init(_ display: PreparedInput.Display) {
    switch display {
    case .picture(let picture):
      subject = .picture(picture)
      arranged = { $0 }
    case .volume(let montage):
      subject = .picture(montage.picture)
      arranged = { montage.arranged($0) }
    case .spectrum(let spectrum):
      subject = .spectrum(spectrum)
      arranged = { $0 }
    case .series(let channels):
      let lines = SeriesPicture(channels)
      subject = .picture(lines.picture)
      arranged = { lines.arranged($0) }
    case .row(let numbers):
      let lines = SeriesPicture([numbers])
      subject = .picture(lines.picture)
      arranged = { lines.arranged($0) }
    }
  }
}
