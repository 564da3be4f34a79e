import Foundation
import Testing

@testable import Figures

struct PaletteTests {
  /// What is left of linear red, green and blue for three kinds of color vision (Machado, Oliveira
  /// and Fernandes 2009, severity 1).
  private static let visions: [(name: String, matrix: [[Double]])] = [
    ("normal", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
  ]

  private func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// CIELAB coordinates under daylight of what a kind of vision sees.
  private func lab(_ color: Color, _ vision: [[Double]]) -> [Double] {
    let linear = [color.red, color.green, color.blue].map {
      $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    let toXYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    let white = product(toXYZ, [1, 1, 1])
    let f = zip(product(toXYZ, product(vision, linear)), white).map { value, white in
      let share = max(0, value) / white
      return share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  private func distance(_ first: Color, _ second: Color, _ vision: [[Double]]) -> Double {
    zip(lab(first, vision), lab(second, vision)).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
      .squareRoot()
  }

  @Test func `classes and signs differ clearly for readers with a color vision deficiency`() {
    let colors = Palette.categories
    for (name, matrix) in Self.visions {
      for first in colors.indices {
        for second in colors.indices.dropFirst(first + 1) {
          // Ten units are seen at a glance; one is just seen side by side.
          let distance = distance(colors[first], colors[second], matrix)
          #expect(distance > 15, "\(name): \(first), \(second)")
        }
      }
      #expect(distance(colors[0], colors[1], matrix) > 50, "\(name)")
      #expect(distance(Palette.positive, Palette.negative, matrix) > 50, "\(name)")
    }
  }

  @Test func `colors of classes repeat after the last one`() {
    #expect(Palette.category(Palette.categories.count) == Palette.categories[0])
    #expect(Palette.category(-1) == Palette.categories.last)
  }

  @Test func `shades darken steadily from white`() {
    let luminances = (0...100).map { Palette.shade(Double($0) / 100).luminance }
    #expect(luminances[0] == 1)
    #expect(zip(luminances, luminances.dropFirst()).allSatisfy { $0 > $1 })
    #expect(luminances[100] < 0.05)
    #expect(Palette.shade(-1) == Palette.shade(0))
    #expect(Palette.shade(2) == Palette.shade(1))
  }
}
