import GraphIR
import Operations
import TensorCore
import Testing

struct ReverseWalkTests {
  /// What arrives when every value passes on all it got, told as the path it took.
  private func paths(
    in graph: Graph, from seeds: [Int], to targets: [Int], visit: (Int) -> Void = { _ in }
  ) throws -> [Int: String] {
    let walk = ReverseWalk<String>(in: graph, to: targets.map(ValueID.init)) { "(\($0) + \($1))" }
    let arrivals = try walk.arrivals(from: seeds.map { (ValueID($0), "\($0)") }) { value, path in
      visit(value.index)
      return graph[value].inputs.map { ($0, "\(path)>\($0.index)") }
    }
    return Dictionary(uniqueKeysWithValues: arrivals.map { ($0.key.index, $0.value) })
  }

  @Test func `amounts add up at a value with several users, later users first`() throws {
    let graph = try TraversalTests.diamond()
    let arrivals = try paths(in: graph, from: [4], to: [1])
    #expect(arrivals[1] == "(4>3>1 + 4>2>1)")
  }

  @Test func `a sum passes on once all of it has arrived`() throws {
    let graph = try TraversalTests.diamond()
    #expect(try paths(in: graph, from: [4], to: [0])[0] == "(4>3>1 + 4>2>1)>0")
  }

  @Test func `only what lies between the seeds and the targets is visited`() throws {
    let graph = try TraversalTests.diamond()
    var visited: [Int] = []
    let arrivals = try paths(in: graph, from: [4], to: [2]) { visited.append($0) }
    #expect(visited == [4])
    #expect(arrivals == [2: "4>2"])
  }

  @Test func `a target that lies on the way to another keeps its amount and passes it on`() throws {
    let graph = try TraversalTests.diamond()
    let arrivals = try paths(in: graph, from: [4], to: [0, 2])
    #expect(arrivals[2] == "4>2")
    #expect(arrivals[0] == "(4>3>1 + 4>2>1)>0")
  }

  @Test func `a seed that is a target keeps its own amount`() throws {
    let graph = try TraversalTests.diamond()
    #expect(try paths(in: graph, from: [4, 2], to: [2])[2] == "(2 + 4>2)")
    #expect(try paths(in: graph, from: [0], to: [0]) == [0: "0"])
  }

  @Test func `nothing arrives where no seed is influenced`() throws {
    let graph = try TraversalTests.diamond()
    #expect(try paths(in: graph, from: [2], to: [3]).keys.contains(3) == false)
  }

  @Test func `a failure of a contribution ends the walk`() throws {
    let graph = try TraversalTests.diamond()
    let walk = ReverseWalk<Int>(in: graph, to: [ValueID(0)], sum: +)
    #expect(throws: GraphError(.notDifferentiable, "no")) {
      try walk.arrivals(from: [(ValueID(4), 1)]) { (_, _) throws(GraphError) in
        throw GraphError(.notDifferentiable, "no")
      }
    }
  }
}
