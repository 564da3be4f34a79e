import Foundation
import NetworkTraining
import TensorCore
import Testing

@testable import PictureTraining

struct ActivationCacheTests {
  @Test func `numbers come back rounded to eight digits, ties to even`() throws {
    let one: Float = 1
    let step = Float(sign: .plus, exponent: -7, significand: 1)
    let given: [Float] = [
      0, -0, 1, -2.5, one + step / 2, one + step * 1.5, one + step * 0.49,
      .greatestFiniteMagnitude / 2,
      1e-30,
    ]
    let cache = try ActivationCache([9]) { keep in
      try keep(Tensor(shape: [9], elements: given))
      try keep(Tensor(shape: [9], elements: given.reversed()))
    }
    #expect(cache.count == 2)
    let found = cache[0].elements
    #expect(Array(found.prefix(4)) == [0, 0, 1, -2.5])
    #expect(found[4] == 1 && found[5] == one + 2 * step && found[6] == 1)
    for (found, given) in zip(found, given) { #expect(abs(found - given) <= abs(given) / 256) }
    #expect(cache[1].elements == found.reversed())
    var numbers: [Float] = []
    CachedSamples(cache, [1, 0]).append(1, to: &numbers)
    #expect(numbers == found)
  }

  @Test func `nothing is left of its file`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = try ActivationCache([4], in: folder) { keep in
      for index in 0..<5000 { try keep(Tensor(shape: [4], repeating: Float(index % 256))) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).isEmpty)
    #expect(cache[4097].elements == [Float](repeating: 1, count: 4))
    #expect(throws: LearningError.self) {
      try ActivationCache([4], in: folder.appending(path: "absent")) { _ in }
    }
  }
}
