import Catalogs
import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

private typealias References = PreprocessingReferences

struct PreprocessingReferenceTests {
  // References are rounded to single precision; results are computed in double precision from the same
  // numbers, and iterations may stop at slightly different weights.
  @Test(
    arguments: [
      ("snv", References.snv, 2e-6), ("msc", References.msc, 2e-6),
      ("vector-norm", References.vectorNorm, 1e-6), ("area-norm", References.areaNorm, 1e-6),
      ("min-max", References.minMax, 1e-6),
      ("savitzky-golay(window=7,order=2)", References.smoothed, 1e-6),
      (
        "savitzky-golay(window=11,order=3,derivative=1,spacing=2.5)", References.firstDerivative,
        1e-6
      ),
      ("savitzky-golay(window=5,order=4,derivative=2)", References.secondDerivative, 2e-6),
      ("asls(lambda=1e3,p=0.01)", References.asymmetricLeastSquares, 1e-5),
      ("polynomial-baseline(order=3)", References.polynomial, 1e-5),
      ("polynomial-baseline(order=2,iterations=0)", References.detrended, 2e-6),
      ("rubber-band", References.rubberBand, 2e-6), ("mean-center", References.meanCentered, 1e-6),
      ("autoscale(ddof=0)", References.autoscaledPopulation, 5e-6),
      ("autoscale", References.autoscaledSample, 5e-6),
      ("resample(from=1.5,to=22.25,points=9)", References.resampled, 1e-6),
    ] as [(String, [[Float]], Double)])
  func `steps give the values of other packages`(
    text: String, expected: [[Float]], tolerance: Double
  ) throws {
    let rows = Matrix(References.spectra)
    let axis = SpectralAxis(indexCount: rows[0].count)
    let (fitted, prepared) = try PreprocessingPipeline(parsing: text).fitTransform(rows, on: axis)
    expect(prepared, expected, tolerance)
    expect(try fitted.apply(to: rows, on: axis), expected, tolerance)
  }

  @Test func `spikes are replaced as in a NumPy script`() throws {
    let fitted = try PreprocessingPipeline(parsing: "cosmic-rays(threshold=8,reach=3)")
      .fitTransform(Matrix(References.spiked), on: SpectralAxis(indexCount: 25))
    expect(fitted.rows, References.despiked, 1e-6)
  }

  private func expect(_ rows: Matrix<Float>, _ expected: [[Float]], _ tolerance: Double) {
    #expect(rows.map(\.count) == expected.map(\.count))
    expectClose(tensor(Array(rows)), tensor(expected), absolute: tolerance, relative: tolerance)
  }

  private func tensor(_ rows: [[Float]]) -> ReferenceTensor {
    ReferenceTensor(
      shape: [rows.count, rows[0].count], elements: rows.flatMap(\.self).map { Double($0) })
  }
}

struct PreprocessingTests {
  private let rows = Matrix(PreprocessingReferences.spectra)
  private let axis = SpectralAxis(indexCount: 25)

  /// A usable text for every step.
  static let examples = PreprocessingCatalog.entries.map { entry in
    let needed = entry.parameters.filter { $0.standardText == nil }.map { parameter in
      ["from": "from=2", "to": "to=20", "points": "points=7"][parameter.name] ?? ""
    }
    return needed.isEmpty ? entry.id : "\(entry.id)(\(needed.joined(separator: ",")))"
  }

  @Test(arguments: examples)
  func `a step's text form gives the same step`(text: String) throws {
    let pipeline = try PreprocessingPipeline(parsing: text)
    let again = try PreprocessingPipeline(parsing: pipeline.description)
    #expect(again.description == pipeline.description)
    #expect(pipeline.description.hasPrefix(text.prefix { $0 != "(" }))
  }

  @Test(arguments: examples)
  func `a stored step transforms alike`(text: String) throws {
    let pipeline = try PreprocessingPipeline(parsing: "snv|" + text + ", mean-center")
    let (fitted, prepared) = try pipeline.fitTransform(rows, on: axis)
    let json = try JSONEncoder().encode(fitted)
    let decoded = try JSONDecoder().decode(FittedPreprocessingPipeline.self, from: json)
    #expect(decoded.steps.count == 3)
    #expect(try decoded.apply(to: rows, on: axis) == prepared)
    #expect(try decoded.axis(after: axis).count == prepared[0].count)
  }

  @Test(arguments: examples)
  func `other lengths and flat spectra give errors or finite values`(text: String) throws {
    let fitted = try PreprocessingPipeline(parsing: text).fitTransform(rows, on: axis).fitted
    for row in [[Float](repeating: 3, count: 25), .init(repeating: 0, count: 25)] {
      let result = try? fitted.apply(to: [row], on: axis)
      #expect(result?.allSatisfy { $0.allSatisfy(\.isFinite) } ?? true)
    }
    do throws(SpectrumError) {
      let short = try fitted.apply(to: [[1]], on: SpectralAxis(indexCount: 1))
      #expect(short.allSatisfy { $0.allSatisfy(\.isFinite) })
    } catch {
      #expect(!error.description.isEmpty)
    }
    #expect(throws: SpectrumError.self) { try fitted.apply(to: [[1, 2]], on: axis) }
  }

  @Test func `none and blanks are no step`() throws {
    for text in ["", " ", "none", "None"] {
      let pipeline = try PreprocessingPipeline(parsing: text)
      #expect(pipeline.steps.isEmpty && pipeline.description == "none")
    }
    let learning = try ["snv", "snv,msc"].map { try PreprocessingPipeline(parsing: $0).learns }
    #expect(learning == [false, true])
  }

  @Test(arguments: [
    ("snvx", "savitzky-golay"), ("snv(", "parentheses"), ("snv)", "name(key=value"),
    ("snv(ddof)", "key=value"), ("snv(ddof=2)", "0…1"), ("snv(x=1)", "it has ddof"),
    ("msc(a=1)", "it has none"), ("savitzky-golay(window=4)", "odd"),
    ("savitzky-golay(window=5,order=5)", "less than"), ("savitzky-golay(derivative=3)", "at most"),
    ("savitzky-golay(spacing=nan)", "a number"), ("resample(from=1,to=2)", "needs points"),
    ("snv(ddof=0,ddof=1)", "twice"), ("snv,,msc", "no step"), ("asls(p=0)", "between"),
  ])
  func `wrong texts say what may be written`(text: String, part: String) {
    let error = #expect(throws: SpectrumError.self) { try PreprocessingPipeline(parsing: text) }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    #"[{"step":"nothing","state":{}}]"#,
    #"[{"step":"savitzky-golay","state":{"window":4,"order":2,"derivative":0,"spacing":1}}]"#,
    #"[{"step":"autoscale","state":{"mean":[1],"scale":[0]}}]"#,
    #"[{"step":"autoscale","state":{"mean":[1],"scale":[]}}]"#,
    #"[{"step":"msc","state":{"reference":[]}}]"#, #"[{"step":"snv","state":{"degreesLost":9}}]"#,
    #"[{"step":"resample","state":{"target":{"positions":[],"unit":"index"}}}]"#,
    #"[{"step":"crop","state":{"low":2,"high":1}}]"#,
  ])
  func `unsound stored steps are refused`(json: String) {
    #expect(throws: SpectrumError.self) {
      try JSONDecoder().decode(FittedPreprocessingPipeline.self, from: Data(json.utf8))
    }
  }

  @Test func `steps see the axis that earlier steps leave`() throws {
    let data = try SpectralDataset(
      axis: SpectralAxis(positions: (0..<25).map { 4000 - 10 * Double($0) }, unit: .nanometer),
      rows: rows)
    let pipeline = try PreprocessingPipeline(
      parsing: "crop(from=3800,to=3900),resample(from=3810,to=3890,points=5),snv")
    let prepared = try pipeline.fit(data).apply(to: data)
    #expect(prepared.axis.positions == [3810, 3830, 3850, 3870, 3890])
    #expect(prepared.axis.unit == .nanometer)
    let other = SpectralAxis(indexCount: 25)
    let fitted = try pipeline.fit(data)
    #expect(throws: SpectrumError.self) { try fitted.apply(to: rows, on: other) }
  }

  @Test func `polynomials up to the order pass a filter unchanged, edges included`() throws {
    let cubic = (0..<21).map { Float(pow(Double($0) - 10, 3) / 100 + Double($0)) }
    let smooth = try SavitzkyGolay(window: 9, order: 3).apply(to: [cubic])[0]
    let slope = try SavitzkyGolay(window: 9, order: 3, derivative: 1).apply(to: [cubic])[0]
    for point in 0..<21 {
      #expect(abs(smooth[point] - cubic[point]) < 1e-5)
      #expect(abs(Double(slope[point]) - (3 * pow(Double(point) - 10, 2) / 100 + 1)) < 1e-5)
    }
    let kernel = try SavitzkyGolay(window: 5, order: 2).weights()
    // The classical weights -3, 12, 17, 12, -3 over 35.
    #expect(zip(kernel, [-3.0, 12, 17, 12, -3]).allSatisfy { abs($0 * 35 - $1) < 1e-12 })
  }

  @Test func `a thousand spectra of a thousand points are prepared in a moment`() throws {
    var generator = SeededGenerator(seed: 3)
    let rows = Matrix(
      rowCount: 1000, columnCount: 1000,
      elements: (0..<1_000_000).map { _ in Float.random(in: 0...1, using: &generator) })
    let axis = SpectralAxis(indexCount: 1000)
    for text in ["snv", "savitzky-golay(window=11,derivative=1)", "msc", "asls", "rubber-band"] {
      let pipeline = try PreprocessingPipeline(parsing: text)
      let time = try ContinuousClock().measure { _ = try pipeline.fitTransform(rows, on: axis) }
      if ProcessInfo.processInfo.environment["VITRINE_TIMINGS"] != nil { print(text, time) }
      // Unoptimized builds are some fifty times slower.
      #expect(time < .seconds(120))
    }
  }
}

struct AugmentationTests {
  private let rows = PreprocessingReferences.spectra
  private let targets: [[Float]] = [[1, 0], [0, 1], [1, 0], [0, 1]]

  private func changed(_ text: String, seed: UInt64) throws -> ([[Float]], [[Float]]) {
    var (rows, targets) = (rows, targets)
    var generator = SeededGenerator(seed: seed)
    try AugmentationPipeline(parsing: text).apply(to: &rows, targets: &targets, using: &generator)
    return (rows, targets)
  }

  @Test(arguments: AugmentationCatalog.entries.map(\.id))
  func `a seed gives the same spectra, another one others`(id: String) throws {
    let first = try changed(id, seed: 1)
    #expect(try changed(id, seed: 1) == first)
    #expect(try changed(id, seed: 2).0 != first.0)
    #expect(first.0 != rows && first.0.map(\.count) == rows.map(\.count))
    #expect(try AugmentationPipeline(parsing: id).description.hasPrefix(id + "("))
  }

  @Test(arguments: [
    "noise(deviation=0)", "shift(points=0)", "slope(amount=0,gain=0)", "mixture(probability=0)",
    "none",
  ])
  func `changes of size zero change nothing`(text: String) throws {
    let (changed, changedTargets) = try changed(text, seed: 5)
    #expect(changed == rows && changedTargets == targets)
  }

  @Test func `mixtures mix spectra and targets alike`() throws {
    let (mixed, mixedTargets) = try changed("mixture(probability=1,weight=1)", seed: 11)
    for row in rows.indices {
      #expect(abs(mixedTargets[row].reduce(0, +) - 1) < 1e-6)
      // Some pair and weight must explain both.
      let explained = rows.indices.contains { other in
        let weight = (mixed[row][7] - rows[row][7]) / (rows[other][7] - rows[row][7])
        return isMixture(mixed[row], rows[row], rows[other], weight)
          && isMixture(mixedTargets[row], targets[row], targets[other], weight)
      }
      #expect(explained || mixed[row] == rows[row])
    }
  }

  private func isMixture(
    _ mixture: [Float], _ first: [Float], _ second: [Float], _ weight: Float
  ) -> Bool {
    mixture.indices.allSatisfy { index in
      let expected: Float = first[index] + weight * (second[index] - first[index])
      return abs(mixture[index] - expected) < 1e-4
    }
  }

  @Test func `noise has the asked deviation`() throws {
    let flat = (0..<40).map { _ in (0..<500).map { Float($0 % 2 == 0 ? 1 : -1) } }
    var (rows, targets) = (flat, flat.map { _ in [Float(0)] })
    var generator = SeededGenerator(seed: 9)
    NoiseAugmentation(deviation: 0.1).apply(to: &rows, targets: &targets, using: &generator)
    let noise = zip(rows, flat).flatMap { zip($0, $1).map { Double($0 - $1) } }
    let mean = noise.reduce(0, +) / 20_000
    let variance = noise.reduce(0) { $0 + $1 * $1 } / 20_000
    // Five standard errors of 20,000 numbers.
    #expect(abs(mean) < 0.1 * 5 / 141 && abs(variance.squareRoot() - 0.1) < 0.1 * 5 / 200)
  }
}
