import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Where the numbers of values lie over an input.
struct AxisLayoutTests {
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let build: @Sendable (Value) -> Value
  }

  /// What only moves the numbers of `[2, 4, 6, 8]`, and leaves a place to each.
  static let movements = [
    Case(description: "channels last") { $0.transposed([0, 2, 3, 1]) },
    Case(description: "channels shuffled") { x in
      x.reshaped(to: [2, 2, 2, 6, 8]).transposed([0, 2, 1, 3, 4]).reshaped(to: [2, 4, 6, 8])
    },
    Case(description: "tokens") { $0.reshaped(to: [2, 4, 48]).transposed([0, 2, 1]) },
    Case(description: "tokens behind a class token") { x in
      let token = x.builder.constant(Tensor(shape: [2, 1, 4], repeating: 9))
      return x.builder.apply(
        Concatenate(axis: 1), [token, x.reshaped(to: [2, 4, 48]).transposed([0, 2, 1])])
    },
    Case(description: "tokens and back") { x in
      x.reshaped(to: [2, 4, 48]).transposed([0, 2, 1]).reshaped(to: [2, 6, 8, 4])
    },
    Case(description: "windows as samples") { windows($0) },
    Case(description: "windows and back") { x in
      windows(x).reshaped(to: [2, 2, 4, 3, 2, 4]).transposed([0, 1, 3, 2, 4, 5])
        .reshaped(to: [2, 6, 8, 4])
    },
    // As where Reshape from windows to rows and to the parts of a grid is one.
    Case(description: "from windows to a grid") { x in
      x.reshaped(to: [2, 4, 2, 3, 4, 2]).reshaped(to: [2, 4, 3, 2, 2, 4])
        .transposed([0, 2, 4, 3, 5, 1]).reshaped(to: [2, 6, 8, 4])
    },
    Case(description: "rolled and back") { rolled(rolled($0, by: 2), by: 4) },
    Case(description: "taken apart and joined") { x in
      let parts = (0..<4).reversed().map { x.sliced(1, start: $0, count: 1) }
      return x.builder.apply(Concatenate(axis: 1), parts)
    },
    Case(description: "joined halves") { x in
      x.builder.apply(
        Concatenate(axis: 3), [x.sliced(3, start: 0, count: 5), x.sliced(3, start: 5, count: 3)])
    },
    Case(description: "space to channels and back") { x in
      x.reshaped(to: [2, 4, 3, 2, 4, 2]).transposed([0, 3, 5, 1, 2, 4]).reshaped(to: [2, 16, 3, 4])
        .reshaped(to: [2, 2, 2, 4, 3, 4]).transposed([0, 3, 4, 1, 5, 2]).reshaped(to: [2, 4, 6, 8])
    },
  ]

  /// `[samples · windows, places, channels]`, with windows of 3 by 2 places.
  static func windows(_ x: Value) -> Value {
    x.transposed([0, 2, 3, 1]).reshaped(to: [2, 2, 3, 4, 2, 4]).transposed([0, 1, 3, 2, 4, 5])
      .reshaped(to: [16, 6, 4])
  }

  static func rolled(_ x: Value, by count: Int) -> Value {
    x.builder.apply(
      Concatenate(axis: 2),
      [x.sliced(2, start: count, count: 6 - count), x.sliced(2, start: 0, count: count)])
  }

  @Test(arguments: movements)
  func everyNumberKeepsItsPlace(example: Case) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 4, 6, 8])
    let y = example.build(x)
    let layout = AxisLayout(x.shape, samples: 0, positions: [2, 3])
    let seen = try #require(builder.graph.axisLayouts(of: x.id, layout)[y.id.index])
    #expect(seen.isPlaced)
    #expect(seen.receptiveFields == [.identity, .identity])
    builder.output("y", seen.canonical(y))
    let numbers = Tensor(shape: x.shape, elements: (0..<x.shape.elementCount).map(Float.init))
    let view = try #require(
      referenceOutputs(of: builder.finish(), inputs: ["x": numbers])["y"])
    try #require(view.shape == x.shape)
    // Channels may change places; everything else stays.
    forEachIndex([2, 6, 8]) { place in
      let channels = { (tensor: Tensor) in
        (0..<4).map { tensor[place[0], $0, place[1], place[2]] }.sorted()
      }
      #expect(channels(view) == channels(numbers))
    }
  }

  @Test func `a rolled axis is placed again only where it is in order`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 4, 6, 8])
    let y = Self.rolled(x, by: 2)
    let part = y.sliced(2, start: 1, count: 2)
    let layouts = builder.graph.axisLayouts(
      of: x.id, AxisLayout(x.shape, samples: 0, positions: [2, 3]))
    #expect(layouts[y.id.index]?.isPlaced == false)
    #expect(layouts[part.id.index]?.isPlaced == true)
    #expect(layouts[part.id.index]?.receptiveFields[0].origin == 3)
  }

  @Test func `a file's input is the canonical one in its own order`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 4, 6, 8])
    let layout = AxisLayout([2, 6, 8, 4], samples: 0, positions: [1, 2])
    #expect(layout.canonicalShape == x.shape)
    let y = layout.asFile(x)
    #expect(y.shape == [2, 6, 8, 4])
    builder.output("y", y)
    builder.output("z", layout.canonical(y))
    let numbers = Tensor(shape: x.shape, elements: (0..<x.shape.elementCount).map(Float.init))
    let results = try referenceOutputs(of: builder.finish(), inputs: ["x": numbers])
    #expect(results["z"] == numbers)
    #expect(results["y"]?[1, 2, 3, 1] == numbers[1, 1, 2, 3])
  }

  /// What sees more than its place, on `[1, 2, 40]`; in the middle nothing is cut off.
  static let windows = [
    Case(description: "the larger of two branches") { x in
      convolved(x, taps: 3) + convolved(convolved(x, taps: 7), taps: 5)
    },
    Case(description: "branches behind each other in channels") { x in
      x.builder.apply(Concatenate(axis: 1), [convolved(x, taps: 1), convolved(x, taps: 9)])
    },
    Case(description: "a branch with channels last") { x in
      let y = convolved(x, taps: 7).transposed([0, 2, 1])
      let weights = x.builder.constant(Tensor(shape: [1, 2, 2], elements: [1, 2, 3, 4]))
      return x + y.product(weights).transposed([0, 2, 1])
    },
    Case(description: "space to channels") { x in
      convolved(
        x.reshaped(to: [1, 2, 20, 2]).transposed([0, 3, 1, 2]).reshaped(to: [1, 4, 20]), taps: 3)
    },
    Case(description: "patches that are merged by slices") { x in
      let parts = (0..<2).map {
        x.sliced(starts: [0, 0, $0], counts: [1, 2, 20], steps: [1, 1, 2])
      }
      return convolved(x.builder.apply(Concatenate(axis: 1), parts), taps: 1)
    },
    Case(description: "a convolution read over one row, channels last") { x in
      convolved(x, taps: 5).reshaped(to: [1, 2, 1, 40]).transposed([0, 2, 3, 1])
        .reshaped(to: [1, 40, 2])
    },
  ]

  static func convolved(_ x: Value, taps: Int) -> Value {
    let channels = x.shape[1]
    let weights = Tensor(
      shape: [2, channels, taps], elements: (0..<2 * channels * taps).map { Float($0 + 1) })
    let padding = [taps / 2]
    return x.convolved(
      with: x.builder.constant(weights),
      Convolution(
        window: SlidingWindow(rank: 1, paddingBefore: padding, paddingAfter: padding)))
  }

  @Test(arguments: windows)
  func fieldsAreWhereInputsMatter(example: Case) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 40])
    let y = example.build(x)
    let layouts = builder.graph.axisLayouts(
      of: x.id, AxisLayout(x.shape, samples: 0, positions: [2]))
    let layout = try #require(layouts[y.id.index])
    let field = try #require(layout.receptiveFields.first)
    try #require(layout.isPlaced)
    builder.output("y", layout.canonical(y))
    let graph = try builder.finish()
    let places = layout.gridExtents[0]
    let results = try (0..<40).map { position in
      var input = Tensor(shape: x.shape, repeating: 0)
      for channel in 0..<2 { input[0, channel, position] = 1 }
      return try #require(referenceOutputs(of: graph, inputs: ["x": input])["y"])
    }
    for place in places / 3..<places * 2 / 3 {
      let seen = results.indices.filter { position in
        (0..<results[position].shape[1]).contains { results[position][0, $0, place] != 0 }
      }
      let (first, last) = try (#require(seen.first), #require(seen.last))
      #expect(Double(first + last) / 2 == field.origin + field.stride * Double(place))
      #expect(Double(last - first + 1) == field.size)
    }
  }

  /// Attention over all places: a row lies where its query lies.
  @Test func `attention sees everything and stays in place`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 4, 6, 8])
    let token = builder.constant(Tensor(shape: [1, 1, 4], repeating: 1))
    let tokens = builder.apply(
      Concatenate(axis: 1), [token, x.reshaped(to: [1, 4, 48]).transposed([0, 2, 1])])
    let scores = tokens.product(tokens, transposesRight: true)
    let shares = builder.apply(Softmax(axis: 2), [scores])
    let mixed = shares.product(tokens)
    let pooled = mixed.sliced(1, start: 0, count: 1)
    let layouts = builder.graph.axisLayouts(
      of: x.id, AxisLayout(x.shape, samples: 0, positions: [2, 3]))
    #expect(layouts[tokens.id.index]?.hasOthersBesidePlaces == true)
    #expect(layouts[shares.id.index]?.isPlaced == false)
    let layout = try #require(layouts[mixed.id.index])
    #expect(layout.isPlaced)
    #expect(layout.gridExtents == [6, 8])
    #expect(layout.receptiveFields.map(\.size) == [6, 8])
    #expect(layout.receptiveFields.map(\.origin) == [0, 0])
    #expect(layouts[pooled.id.index]?.gridExtents == [1, 1])
  }

  struct InputCase: CustomStringConvertible, Sendable {
    let description: String
    let shape: Shape
    let samples: Int?
    let positions: [Int]
    let build: @Sendable (Value) -> Value
  }

  static let inputs = [
    InputCase(
      description: "channels last", shape: [1, 6, 8, 3], samples: 0, positions: [1, 2]
    ) { convolution($0.transposed([0, 3, 1, 2])) },
    InputCase(
      description: "one channel, last", shape: [1, 40, 1], samples: 0, positions: [1]
    ) { convolution($0.transposed([0, 2, 1])) },
    InputCase(
      description: "over one row", shape: [1, 40, 2], samples: 0, positions: [1]
    ) { convolution($0.reshaped(to: [1, 40, 1, 2]).transposed([0, 3, 2, 1])) },
    InputCase(
      description: "no samples, no channels", shape: [10, 8], samples: nil, positions: [0, 1]
    ) { convolution($0.reshaped(to: [1, 1, 10, 8])) },
    InputCase(
      description: "no channels", shape: [2, 10, 8], samples: 0, positions: [1, 2]
    ) { convolution($0.reshaped(to: [2, 1, 10, 8])) },
    InputCase(
      description: "space to channels first", shape: [1, 6, 8, 3], samples: 0, positions: [1, 2]
    ) { x in
      convolution(
        x.reshaped(to: [1, 3, 2, 4, 2, 3]).transposed([0, 2, 4, 5, 1, 3])
          .reshaped(to: [1, 12, 3, 4]))
    },
    InputCase(
      description: "patches in a linear layer", shape: [1, 3, 6, 8], samples: 0, positions: [2, 3]
    ) { x in
      linear(
        x.reshaped(to: [1, 3, 3, 2, 4, 2]).transposed([0, 2, 4, 1, 3, 5])
          .reshaped(to: [1, 12, 12]))
    },
    InputCase(
      description: "steps of features", shape: [2, 10, 8], samples: 0, positions: [1]
    ) { linear($0) },
    InputCase(
      description: "flattened at once", shape: [2, 3, 6, 8], samples: 0, positions: [2, 3]
    ) { linear($0.reshaped(to: [2, 144])) },
    InputCase(
      description: "one filter per channel", shape: [1, 6, 8, 3], samples: 0, positions: [1, 2]
    ) { convolution($0.transposed([0, 3, 1, 2]), groups: 3) },
  ]

  static func convolution(_ x: Value, groups: Int = 1) -> Value {
    let rank = x.shape.rank - 2
    let weights = Shape([3, x.shape[1] / groups] + [Int](repeating: 1, count: rank))
    return x.convolved(
      with: x.builder.constant(Tensor(shape: weights, repeating: 1)),
      Convolution(window: SlidingWindow(rank: rank), groups: groups))
  }

  static func linear(_ x: Value) -> Value {
    let features = x.shape[x.shape.rank - 1]
    let weights = x.builder.constant(Tensor(shape: [features, 5], repeating: 1))
    return x.product(
      weights.broadcast(to: Shape(x.shape.extents.dropLast(2) + [features, 5])))
  }

  @Test(arguments: inputs)
  func theFirstLearnedOperationTellsTheAxesOfAnInput(example: InputCase) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: example.shape)
    builder.output("y", example.build(x))
    let layout = try builder.finish().inputLayout(of: x.id)
    #expect(
      layout == AxisLayout(example.shape, samples: example.samples, positions: example.positions))
  }
}
