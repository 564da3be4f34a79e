import Foundation

/// How often intervals of `BootstrappedMean` hold the truth, and how often `SignFlips` finds what is not there.
let setCount = Int(CommandLine.arguments.dropFirst().first ?? "") ?? 1000

/// Differences as they are met: bell-shaped, skewed, few large among many small ones, and of pictures with
/// probabilities that are mostly near 0 or 1.
enum Form: String, CaseIterable {
  case normal, exponential, mixed, saturated

  func value(_ generator: inout SplitMix64) -> Double {
    func uniform() -> Double { Double.random(in: Double.ulpOfOne...1, using: &generator) }
    func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
    switch self {
    case .normal: return normal()
    case .exponential: return -log(uniform())
    case .mixed: return uniform() < 0.2 ? 3 + normal() : 0.5 * normal()
    case .saturated: return pow(uniform(), 3) - pow(uniform(), 2)
    }
  }

  var mean: Double {
    switch self {
    case .normal: 0
    case .exponential: 1
    case .mixed: 0.6
    case .saturated: 1.0 / 4 - 1.0 / 3
    }
  }
}

func percent(_ count: Int) -> String {
  String(format: "%.1f %%", 100 * Double(count) / Double(setCount))
}

print("Coverage of 95 % intervals, \(setCount) made data sets each, 2,000 draws:")
for count in [20, 50, 200] {
  for form in Form.allCases {
    var generator = SplitMix64(seed: UInt64(count) &* 7919)
    var hits = 0
    for _ in 0..<setCount {
      let values = (0..<count).map { _ in form.value(&generator) }
      let result = BootstrappedMean(.init(values), using: &generator)
      if let interval = result.interval, interval.lower <= form.mean, form.mean <= interval.upper {
        hits += 1
      }
    }
    print("  n \(count), \(form.rawValue): \(percent(hits))")
  }
}

print("Any false finding at 5 % among correlated comparisons, \(setCount) data sets each:")
for (columns, count) in [(4, 30), (20, 50), (50, 20)] {
  var generator = SplitMix64(seed: UInt64(columns))
  var findings = 0
  for _ in 0..<setCount {
    var differences = [[Double]](repeating: [], count: columns)
    for _ in 0..<count {
      let common = Form.normal.value(&generator)
      for place in differences.indices {
        let value = Form.normal.value(&generator)
        differences[place].append(common + value * value * value)
      }
    }
    let flips = SignFlips(differences, flipCount: 999, using: &generator)
    if flips.adjusted.contains(where: { $0 <= 0.05 }) { findings += 1 }
  }
  print("  \(columns) comparisons on \(count) inputs: \(percent(findings))")
}
