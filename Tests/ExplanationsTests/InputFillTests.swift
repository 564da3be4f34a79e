import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import Explanations

struct InputFillTests {
  @Test(arguments: [1.5, 4, 15.7])
  func blursAnImpulseToAGaussian(deviation: Double) throws {
    var elements = [Float](repeating: 0, count: 161)
    elements[80] = 1
    let blurred = try fill(
      .blur(.units(deviation)), Tensor(shape: [1, 1, 161], elements: elements))
    let expected = (0..<161).map { place -> Float in
      let distance = (Double(place) - 80) / deviation
      return Float(exp(-distance * distance / 2) / (deviation * (2 * .pi).squareRoot()))
    }
    // Odd lengths of running means meet a narrow Gaussian less exactly.
    let tolerance = 0.05 * Double(expected[80])
    expectClose(
      blurred, Tensor(shape: [1, 1, 161], elements: expected), absolute: tolerance, relative: 0)
    let sum = blurred.elements.reduce(0, +)
    #expect(abs(sum - 1) < 1e-4)
  }

  @Test func `a constant picture stays as it is up to its edges`() throws {
    let picture = Tensor(shape: [1, 2, 9, 12], repeating: 0.7)
    for fill in [InputFill.blur(.percent(20)), .line] {
      expectClose(try self.fill(fill, picture), picture, absolute: 1e-6, relative: 0)
    }
  }

  @Test func `a blur in units of the axis is narrower on a wider spacing`() throws {
    var elements = [Float](repeating: 0, count: 81)
    elements[40] = 1
    let peak = Tensor(shape: [1, 1, 81], elements: elements)
    let wide = try fill(.blur(.units(8)), peak)
    let narrow = try fill(.blur(.units(16)), peak, spacing: 2)
    expectClose(narrow, wide, absolute: 1e-6, relative: 0)
  }

  @Test func `a line runs from the first to the last value`() throws {
    let spectrum = Tensor(shape: [1, 1, 5], elements: [1, 7, -3, 8, 3])
    let expected = Tensor(shape: [1, 1, 5], elements: [1, 1.5, 2, 2.5, 3])
    expectClose(try fill(.line, spectrum), expected, absolute: 1e-6, relative: 0)
  }

  private func fill(
    _ fill: InputFill, _ tensor: Tensor, spacing: Double = 1
  ) throws -> Tensor {
    let builder = GraphBuilder()
    let input = builder.input("x", shape: tensor.shape)
    builder.output("fill", fill.value(of: input, spacing: spacing))
    return try #require(try referenceOutputs(of: builder.finish(), inputs: ["x": tensor])["fill"])
  }
}
