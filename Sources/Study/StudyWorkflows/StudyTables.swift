import Chemometrics
import Explanations
import SpectralData
import StudyEngine

/// The numbers of a study as CSV, for spreadsheets.
struct StudyTables {
  private let result: StudyResult

  init(_ result: StudyResult) {
    self.result = result
  }

  /// One line per sample: what it is, and what both models made of it where it was tested.
  var samples: String {
    let names = result.data.sampleNames
    let groups = result.data.groups
    switch result.data.question {
    case .classes(let labels):
      let heads = ["network", "pls"].flatMap { model in labels.names.map { "\(model): \($0)" } }
      return table(["sample", "group", "class", "times tested"] + heads) {
        result.samples.map { record in
          let votes = record.networkVotes + record.partialLeastSquaresVotes
          return [
            names[record.sample], groups?[record.sample] ?? "",
            labels.names[labels.indices[record.sample]], "\(record.testedCount)",
          ] + votes.map { "\($0)" }
        }
      }
    case .quantity(let quantity, let values):
      return table(["sample", "group", quantity, "times tested", "network", "pls"]) {
        result.samples.map { record in
          [
            names[record.sample], groups?[record.sample] ?? "", "\(values[record.sample])",
            "\(record.testedCount)", record.networkMean.map { "\($0)" } ?? "",
            record.partialLeastSquaresMean.map { "\($0)" } ?? "",
          ]
        }
      }
    }
  }

  /// One line per division: how well both models did.
  var splits: String {
    let counts = result.outcome.componentCounts
    switch result.outcome {
    case .classes(let outcome):
      return table([
        "split", "training", "test", "network accuracy", "pls accuracy", "pls components",
        "preprocessing",
      ]) {
        outcome.network.splits.indices.map { index in
          [
            "\(index + 1)", "\(outcome.network.splits[index].training.count)",
            "\(outcome.network.splits[index].test.count)",
            "\(outcome.network.metrics[index].accuracy)",
            "\(outcome.partialLeastSquares.metrics[index].accuracy)", "\(counts[index])",
            preparation(index),
          ]
        }
      }
    case .quantity(let outcome):
      return table([
        "split", "training", "test", "network RMSE", "pls RMSE", "network bias", "pls bias",
        "pls components", "linear path components", "preprocessing",
      ]) {
        outcome.network.splits.indices.map { index in
          let (network, partialLeastSquares) = (
            outcome.network.metrics[index], outcome.partialLeastSquares.metrics[index]
          )
          return [
            "\(index + 1)", "\(outcome.network.splits[index].training.count)",
            "\(outcome.network.splits[index].test.count)", "\(network.rootMeanSquareError)",
            "\(partialLeastSquares.rootMeanSquareError)", "\(network.bias)",
            "\(partialLeastSquares.bias)", "\(counts[index])",
            outcome.linearPathCounts.isEmpty ? "" : "\(outcome.linearPathCounts[index])",
            preparation(index),
          ]
        }
      }
    }
  }

  /// How the spectra of a division were prepared.
  private func preparation(_ split: Int) -> String {
    result.chosenPreprocessing.isEmpty
      ? result.settings.preprocessing.description : result.chosenPreprocessing[split]
  }

  /// One line per active band of either model.
  var bands: String {
    let heads = [
      "target", "model", "start", "peak", "end", "unit", "share", "sign", "active in splits",
      "known bands",
    ]
    let unit = result.network.axis.unit.option
    return table(heads) {
      result.evidence.flatMap { evidence in
        [("network", evidence.network), ("pls", evidence.partialLeastSquares)].flatMap {
          model, variables in
          variables.bands.matches.map { match in
            let band = match.band
            return [
              evidence.name, model, "\(band.start)", "\(band.peak)", "\(band.end)", unit,
              "\(band.share)", band.isPositive ? "+" : "-",
              "\(variables.distinction.activeFrequency[band.peakPoint])",
              match.known.map(\.assignment).joined(separator: "; "),
            ]
          }
        }
      }
    }
  }

  /// One line per point of the axis: mean maps of both models and what PLS says of variables.
  var maps: String {
    let columns: [(String, [Double])] = result.evidence.flatMap { evidence in
      [
        ("mean spectrum", evidence.meanSpectrum), ("network map", evidence.network.map.mean),
        ("network distinction", evidence.network.distinction.mean),
        ("network deviation", evidence.network.distinction.standardDeviation),
        ("network active share", evidence.network.distinction.activeFrequency),
        ("pls distinction", evidence.partialLeastSquares.distinction.mean),
        ("pls active share", evidence.partialLeastSquares.distinction.activeFrequency),
        ("pls coefficient", evidence.coefficients), ("vip", evidence.variableImportance),
        ("selectivity ratio", evidence.selectivityRatio),
      ].map { ("\(evidence.name): \($0.0)", $0.1) }
        + evidence.methodMaps.map { ("\(evidence.name): \($0.method.id)", $0.mean) }
    }
    return table([result.network.axis.label] + columns.map(\.0)) {
      result.network.axis.positions.indices.map { point in
        ["\(result.network.axis.positions[point])"] + columns.map { "\($0.1[point])" }
      }
    }
  }

  private func table(_ heads: [String], _ rows: () -> [[String]]) -> String {
    var table = CSVTable(quoting: .demanded)
    for cells in [heads] + rows() { table.append(cells) }
    return table.text
  }
}
