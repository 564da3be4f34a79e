import TestSupport
import Testing

@testable import TensorCore

struct SoftmaxTests {
  @Test func `numbers in the ratio 1 to 2 to 5 become those parts of one`() {
    // ln 2 and ln 5; a constant on all of them changes nothing.
    let scores = [100, 100 + 0.6931471805599453, 100 + 1.6094379124341003]
    for (found, expected) in zip(scores.softmax, [0.125, 0.25, 0.625]) {
      #expect(abs(found - expected) < 1e-14)
    }
    for (found, expected) in zip(scores.map { Float($0) }.softmax, [0.125, 0.25, 0.625]) {
      // Scores of 100 have steps of 8e-6 in single precision.
      #expect(abs(Double(found) - expected) < 1e-5)
    }
  }

  @Test func `no size overflows, and what is excluded gets nothing`() {
    #expect([1e300, -1e300, -.infinity].softmax == [1, 0, 0])
    #expect([3e38, -3e38, 3e38 as Float].softmax == [0.5, 0, 0.5])
    #expect([-2.5].softmax == [1] && [Double]().softmax == [] && [Float]().softmax == [])
    #expect([0, -1e4].relativePowers == [1, 0])
  }
}
