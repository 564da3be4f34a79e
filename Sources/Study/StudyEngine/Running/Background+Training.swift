import Chemometrics
package import Explanations
import Statistics
package import TensorCore

extension Background {
  /// What the evidence of a network is counted from.
  ///
  /// The mean of every class of its training spectra, or of all of them for a quantity. A class without
  /// any has the mean of all.
  ///
  /// - Parameters:
  ///   - rows: The training spectra, prepared.
  ///   - samples: Which of the data's spectra they are.
  ///   - data: What they belong to.
  package init(_ rows: Matrix<Float>, _ samples: [Int], _ data: StudyData) {
    self.init()
    let mean = Self.mean(rows)
    guard let labels = data.labels else {
      self.mean = mean
      return
    }
    classMeans = labels.names.indices.map { index in
      let own = samples.indices.filter { labels.indices[samples[$0]] == index }
      return own.isEmpty ? mean : Self.mean(own.lazy.map { rows[$0] })
    }
  }

  private static func mean(_ rows: some Collection<[Float]>) -> Tensor {
    let mean = rows.columnMeans.map { Float($0) }
    return Tensor(shape: [1, mean.count], elements: mean)
  }
}
