import Operations
import TensorCore
import TestSupport
import Testing

struct MovementExampleTests {
  @Test func `reshape keeps the order`() throws {
    try expect(Reshape(to: [3, 2]), counting([2, 3]), gives: counting([3, 2]))
  }

  @Test func `transpose moves axes to the front`() throws {
    // result[k, i, j] = input[i, j, k]
    try expect(
      Transpose([2, 0, 1]), counting([2, 1, 3]), gives: tensor([3, 2, 1], 1, 4, 2, 5, 3, 6))
  }

  @Test func `slice takes every step`() throws {
    try expect(
      Slice(starts: [1, 1], counts: [1, 2], steps: [1, 2]), counting([2, 5]),
      gives: tensor([1, 2], 7, 9))
  }

  @Test func `pad adds around and between`() throws {
    try expect(
      Pad(before: [1, 0], after: [0, 2], between: [0, 1], number: -1), counting([2, 2]),
      gives: tensor([3, 5], -1, -1, -1, -1, -1, 1, -1, 2, -1, -1, 3, -1, 4, -1, -1))
  }

  @Test func `nothing lies between the elements of an empty axis`() throws {
    try expect(
      Pad(before: [1], after: [1], between: [5], number: 7), Tensor(shape: [0], elements: []),
      gives: tensor([2], 7, 7))
  }

  @Test func `concatenate joins along an inner axis`() throws {
    try expect(
      Concatenate(axis: 1), counting([2, 1]), tensor([2, 2], 10, 11, 12, 13),
      gives: tensor([2, 3], 1, 10, 11, 2, 12, 13))
  }

  @Test func `broadcast repeats`() throws {
    try expect(
      Broadcast(to: [2, 2, 2]), tensor([2, 1], 5, 6),
      gives: tensor([2, 2, 2], 5, 5, 6, 6, 5, 5, 6, 6))
  }

  @Test func `gather takes and scatter adds`() throws {
    try expect(
      Gather(axis: 1, indices: [2, 0, 2]), counting([2, 3]),
      gives: tensor([2, 3], 3, 1, 3, 6, 4, 6))
    try expect(
      ScatterSum(axis: 1, indices: [2, 0, 2], extent: 4), counting([2, 3]),
      gives: tensor([2, 4], 2, 0, 4, 0, 5, 0, 10, 0))
  }

  @Test func `linear resizing of half pixels, constant beyond the ends`() throws {
    // Reads at −0.25, 0.25, 0.75, 1.25.
    let resize = Resize(
      outputPositions: [4], mappings: [.halfPixel(scale: 0.5)], interpolation: .linear)
    try expect(resize, tensor([1, 1, 2], 10, 20), gives: tensor([1, 1, 4], 10, 12.5, 17.5, 20))
    try expect(
      ResizeGradient(resize, inputPositions: [2]), tensor([1, 1, 4], 1, 10, 100, 1000),
      gives: tensor([1, 1, 2], 33.5, 1077.5))
  }

  @Test(
    arguments: [
      (.floor, [10, 10, 20, 20]), (.ceiling, [10, 20, 20, 30]),
      (.roundPreferringFloor, [10, 10, 20, 20]), (.roundPreferringCeiling, [10, 20, 20, 30]),
    ] as [(NearestRounding, [Float])])
  func `nearest resizing decides halves as asked`(rounding: NearestRounding, results: [Float])
    throws
  {
    // Reads at 0, 0.5, 1, 1.5.
    let resize = Resize(
      outputPositions: [4], mappings: [AxisMapping(scale: 0.5, offset: 0)],
      interpolation: .nearest(rounding))
    try expect(
      resize, tensor([1, 1, 3], 10, 20, 30), gives: Tensor(shape: [1, 1, 4], elements: results))
  }

  @Test func `two axes are resized independently`() throws {
    let resize = Resize(
      outputPositions: [3, 2],
      mappings: [.alignedCorners(input: 2, output: 3), .receptiveField(origin: 0, stride: 1)],
      interpolation: .linear)
    try expect(
      resize, tensor([1, 1, 2, 2], 1, 2, 3, 6),
      gives: tensor([1, 1, 3, 2], 1, 2, 2, 4, 3, 6))
  }

  @Test(arguments: [Interpolation.linear, .nearest(.floor), .nearest(.roundPreferringCeiling)])
  func `the taps of a resizing are what it computes`(interpolation: Interpolation) throws {
    let mapping = AxisMapping.receptiveField(origin: 2.5, stride: 3.25)
    let resize = Resize(outputPositions: [20], mappings: [mapping], interpolation: interpolation)
    let input = tensor([1, 1, 5], 3, -1, 4, 1, -5)
    let expected = resize.taps(0, input: 5).map { tap in
      input.elements[tap.lower] * (1 - tap.upperShare) + input.elements[tap.upper] * tap.upperShare
    }
    try expect(resize, input, gives: Tensor(shape: [1, 1, 20], elements: expected))
  }
}
