import Testing

@testable import Figures

struct ColorMapTests {
  @Test func `turbo runs from dark blue over green to dark red`() {
    let ends = [ColorMap.turbo.color(0), ColorMap.turbo.color(0.5), ColorMap.turbo.color(1)]
    // The published polynomial at 0 and the sums of its coefficients at 1.
    #expect(abs(ends[0].red - 0.1357) < 1e-3 && abs(ends[0].blue - 0.1067) < 1e-3)
    #expect(ends[1].green > 0.95 && ends[1].red > 0.5 && ends[1].blue < 0.5)
    #expect(abs(ends[2].red - 0.5658) < 1e-3 && ends[2].green < 0.06 && ends[2].blue < 0.02)
  }

  @Test(arguments: [ColorMap.turbo, .jet])
  func `luminance rises to one peak in the middle and falls after it`(map: ColorMap) {
    let values = stride(from: 0.0, through: 1, by: 0.02).map { map.color($0).luminance }
    let peak = values.indices.max { values[$0] < values[$1] } ?? 0
    #expect((18...34).contains(peak))
    // Turbo is smooth; jet has corners, so only the ends are compared with its peak.
    #expect(values[0] < 0.1 && values[50] < 0.15 && values[peak] > 0.6)
    if map == .turbo {
      for index in 1...peak { #expect(values[index] >= values[index - 1] - 0.01) }
      for index in peak + 1..<values.count { #expect(values[index] <= values[index - 1] + 0.01) }
    }
  }

  @Test func `jet is dark blue, green and dark red`() {
    #expect(ColorMap.jet.color(0) == Color(red: 0, green: 0, blue: 0.5))
    #expect(ColorMap.jet.color(0.5) == Color(red: 0.5, green: 1, blue: 0.5))
    #expect(ColorMap.jet.color(1) == Color(red: 0.5, green: 0, blue: 0))
  }

  @Test func `the signed map is white at zero and darkens to both sides`() {
    #expect(ColorMap.redWhiteBlue.color(0) == .white)
    for sign in [1.0, -1] {
      let values = (0...20).map { ColorMap.redWhiteBlue.color(sign * Double($0) / 20).luminance }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
    }
    let (positive, negative) = (ColorMap.redWhiteBlue.color(1), ColorMap.redWhiteBlue.color(-1))
    #expect(positive.red > positive.blue && negative.blue > negative.red)
  }

  @Test(arguments: ColorMap.allCases)
  func `values outside the range get the color of the nearer end`(map: ColorMap) {
    #expect(map.color(7) == map.color(1))
    #expect(map.color(-7) == map.color(map.isSigned ? -1 : 0))
  }
}

struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (0.0234, "0.0234"), (-0.5, "−0.5"), (3784, "3784"), (99_999, "1·10⁵"),
    (1.5e-7, "1.5·10⁻⁷"), (-2.34e12, "−2.34·10¹²"), (9.999, "10"), (100, "100"),
  ])
  func `three digits say enough`(value: Double, text: String) {
    #expect(NumberText.short(value) == text)
  }

  @Test func `ticks are round, inside, and told apart`() {
    let ticks = NumberText.ticks(from: 902.6, to: 1801.3, about: 9)
    #expect(ticks.positions == [1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800])
    #expect(ticks.decimals == 0)
    let small = NumberText.ticks(from: -0.013, to: 0.024, about: 4)
    #expect(
      small.positions.map { NumberText.fixed($0, decimals: small.decimals) }
        == ["−0.01", "0.00", "0.01", "0.02"])
  }
}
