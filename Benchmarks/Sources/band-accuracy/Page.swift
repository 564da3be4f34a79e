import Foundation

/// The page that `Documentation/BandAccuracy.md` is.
struct Page {
  private let results: Results

  init(_ results: Results) {
    self.results = results
  }

  var text: String {
    [introduction, studies, byMethod].joined(separator: "\n\n")
  }

  private var introduction: String {
    let seeds = Set(results.measurements.map(\.seed)).count
    return """
      # How exactly bands lie where they are

      Made by `band-accuracy`, see `Benchmarks/README.md`; same seeds, same numbers. Spectra of \
      \(Layout.pointCount) points with Gaussian peaks (σ = \(Int(Layout.width)) points) that are planted for each \
      class, \(Layout.all.count) layouts, \(seeds) seeds. Each study is `vitrine study` with its defaults (SNV, 60 \
      epochs, integrated gradients from the mean of the other classes) and \(Bench.divisionCount) divisions. The \
      two residual networks are small (8 channels, 3 stages of one block), as twelve spectra a class teach no more.

      A planted peak is *missed* where no band that speaks for its class has its peak within two widths \
      (\(Int(2 * Layout.width)) points); *median* and *worst* are of the others, in points. *Near* is the share of the \
      evidence within two widths of planted peaks of any class (the absence of another's peak speaks for a \
      class too). *False* are bands that reach no planted peak within two widths.
      """
  }

  private var studies: String {
    """
    ## Studies

    \(networks)

    The goal for the default, `positional`, is a median of 1 point at most and 3 points at worst. Networks that \
    average over positions (`three-convolutions`, `resnet-average`) do not know where a shape stands: where \
    classes differ by place alone they are no better than chance, and elsewhere they lean on what lies beside. \
    The width that evidence is smoothed with is taken from the spectra, the position is not; a map without \
    sense has its bands anywhere, as the worst methods below show.

    ## The default network by layout

    \(layouts)
    """
  }

  private var byMethod: String {
    """
    ## Methods

    The maps of the one network that a study keeps, mean of the spectra of a class. One network leans to one \
    side or the other more than the mean of five.

    \(methods)

    ## Shuffled classes

    The same spectra as in “\(Layout.all[0].name)” with classes exchanged at random, so that there is nothing to \
    find (always naming one class is right for 33 %). Of the studies, so many name bands in “Which bands \
    decide?”; PLS-LDA is fitted to the same divisions beside each network, so its rows are alike:

    \(controls)
    """
  }

  private var networks: String {
    let columns = ["network", "right %"] + Summary.columns
    let rows = Bench.networks.map { network in
      let own = results.measurements.filter { $0.network == network.id && $0.method == "study" }
      return [network.id, Summary.percent(own.map(\.accuracy))] + Summary(own).cells
    }
    let linear = results.measurements.filter {
      $0.network == Bench.networks[0].id && $0.method == "PLS-LDA"
    }
    let beside = ["PLS-LDA, beside them", ""] + Summary(linear).cells
    return MarkdownTable(columns, rows + [beside]).text
  }

  private var layouts: String {
    let rows = Layout.all.map { layout in
      let own = results.measurements.filter {
        $0.network == Bench.networks[0].id && $0.method == "study" && $0.layout == layout.name
      }
      return ["\(layout.name): \(layout.summary)"] + Summary(own).cells
    }
    return MarkdownTable(["layout"] + Summary.columns, rows).text
  }

  private var methods: String {
    Bench.networks.map { network in
      let own = results.measurements.filter {
        $0.network == network.id && !["study", "PLS-LDA"].contains($0.method)
      }
      let rows = Dictionary(grouping: own, by: \.method)
        .map { (method: $0.key, summary: Summary($0.value)) }
        .sorted {
          ($0.summary.missed, $0.summary.median, $0.method)
            < ($1.summary.missed, $1.summary.median, $1.method)
        }
      return "### \(network.id)\n\n"
        + MarkdownTable(
          ["method"] + Summary.columns, rows.map { [$0.method] + $0.summary.cells }
        ).text
    }.joined(separator: "\n\n")
  }

  private var controls: String {
    let rows = Bench.networks.compactMap { network -> [String]? in
      let own = results.shuffled.filter { $0.network == network.id }
      guard !own.isEmpty else { return nil }
      let counts = [own.count(where: \.namesNetwork), own.count(where: \.namesPartialLeastSquares)]
      return [network.id] + counts.map { "\($0) of \(own.count)" }
    }
    return MarkdownTable(["network", "name the network's", "name those of PLS-LDA"], rows).text
  }
}
