import Explanations
import Reports
import StudyEngine

/// What the words of a report mean.
struct StudyGlossary {
  let facts: StudyFacts

  var terms: [ReportStatement] {
    common + (facts.labels == nil ? quantityTerms : classTerms) + last
  }

  private var common: [ReportStatement] {
    let method = facts.result.settings.method
    return [
      ReportStatement(
        "Division (split)",
        "One way to part the spectra into training and test spectra. Models never see test spectra "
          + "before they are judged."),
      ReportStatement(
        "95 % interval",
        "Where the mean over many such divisions is expected, for sets of this size (Nadeau and "
          + "Bengio 2003). It allows for the overlap of training sets; it does not speak of samples "
          + "of another origin. Where an accuracy is the same in every division, it is the exact "
          + "binomial interval of the independent samples that were tested (Clopper and Pearson 1934; "
          + "without an error all risk is at the lower end)."),
      ReportStatement(
        "Corrected paired t-test",
        "How probable so large a difference between two equally good models would be on the same "
          + "divisions (Nadeau and Bengio 2003)."),
      ReportStatement(
        "Map", "One signed number per point of the axis: how much that point speaks for the output."
      ),
      ReportStatement(method.title, "\(method.summary) (\(method.source))"),
      ReportStatement(
        "Band, share",
        "A band is a stretch of one sign that stands out of a map; its share is its part of the sum "
          + "of all magnitudes."),
      ReportStatement(
        "Difference and feature contribution",
        "Shi et al. (2023) judge 1D Grad-CAM by a difference (purity or linearity) and a feature "
          + "contribution. Their exact definitions were not available; what is given here under "
          + "purity, linearity and share follows definitions of our own, which are stated where they "
          + "are used."),
    ]
  }

  private var classTerms: [ReportStatement] {
    [
      ReportStatement(
        "Evidence for a class",
        "The mean map of its test spectra from the mean spectrum of the other classes, or less the "
          + "mean map of the other test spectra, for the score of the class less the mean of the other "
          + "scores. Constant parts, which all spectra share, drop out."),
      ReportStatement(
        "PLS-LDA",
        "Partial least squares with linear discriminant analysis on its components. Its "
          + "contributions (coefficient times signal) add up to the score exactly."),
    ]
  }

  private var quantityTerms: [ReportStatement] {
    [
      ReportStatement(
        "RMSEP, SEP, bias",
        "Root mean square of predicted less known values; the same without its mean; its mean."),
      ReportStatement(
        "RPD",
        "Standard deviation of the known values over RMSEP: 1 is no better than guessing the mean, "
          + "above 3 is usually called good."),
      ReportStatement(
        "Evidence for a quantity",
        "The slope of the map against the known value over test spectra, point by point."),
      ReportStatement(
        "PLS regression",
        "Partial least squares. Its contributions (coefficient times signal) add up to the "
          + "prediction exactly."),
    ]
  }

  private var last: [ReportStatement] {
    [
      ReportStatement(
        "VIP, selectivity ratio",
        "Variable importance in projection: how much a variable takes part in the components, on "
          + "average 1. Selectivity ratio: explained over unexplained variance of a variable after "
          + "projection on the target; infinite where nothing is left unexplained."),
      ReportStatement(
        "Match by chance",
        "The bands of a map are shifted together along the axis, by every number of points; what "
          + "leaves at one end enters at the other. A table that covers much of the axis matches "
          + "most bands wherever they lie."),
    ]
  }
}
