import Explanations
import GraphExecution
import GraphIR
import TensorCore
import Testing

/// Inputs in the layout of their file and in the canonical one.
struct InputAxesTests {
  struct Item: Sendable {
    let shape: Shape
    let axes: InputAxes
    let canonical: Shape
  }

  static let items: [Item] = [
    Item(
      shape: [2, 4, 5, 3], axes: InputAxes(sample: 0, channels: [3], positions: [1, 2]),
      canonical: [3, 4, 5]),
    Item(
      shape: [2, 6], axes: InputAxes(sample: 0, channels: [], positions: [1]), canonical: [1, 6]),
    Item(
      shape: [4, 5], axes: InputAxes(sample: nil, channels: [], positions: [0, 1]),
      canonical: [1, 4, 5]),
    Item(
      shape: [3, 4, 5], axes: InputAxes(sample: nil, channels: [0], positions: [1, 2]),
      canonical: [3, 4, 5]),
    Item(shape: [2], axes: InputAxes(sample: 0, channels: [], positions: []), canonical: [1, 1]),
    Item(shape: [], axes: InputAxes(sample: nil, channels: [], positions: []), canonical: [1, 1]),
    Item(
      shape: [5, 2, 3], axes: InputAxes(sample: 1, channels: [2], positions: [0]),
      canonical: [3, 5]),
    Item(
      shape: [2, 3, 5, 4], axes: InputAxes(sample: 0, channels: [1, 3], positions: [2]),
      canonical: [12, 5]),
  ]

  @Test(arguments: items) func `there and back is the same`(item: Item) throws {
    #expect(item.axes.canonical(item.shape) == item.canonical)
    let builder = GraphBuilder()
    let file = builder.input("x", shape: item.shape)
    let canonical = item.axes.canonical(file)
    let samples = item.axes.sample.map { item.shape[$0] } ?? 1
    #expect(canonical.shape == Shape([samples] + item.canonical.extents))
    let back = item.axes.asFile(canonical, item.shape)
    let outputs = (builder.output("c", canonical), builder.output("f", back))
    let count = item.shape.elementCount
    let input = Tensor(shape: item.shape, elements: (0..<count).map(Float.init))
    let results = try Program(builder.finish()).run(["x": input])
    #expect(results[outputs.1] == input)
    // One sample is moved as all of them are.
    guard item.axes.sample == 0 || item.axes.sample == nil else { return }
    let one = item.axes.sample == nil ? input : input.part(0)
    #expect(item.axes.canonical(one, fileShape: one.shape) == results[outputs.0].part(0))
  }
}
