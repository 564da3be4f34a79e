import GraphExecution
import GraphRewriting
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Sums of products against the sum over all indices, in `Double`.
struct EinsumTests {
  struct Equation: Sendable, CustomTestStringConvertible {
    let text: String
    let shapes: [Shape]
    /// The same with a letter for every axis.
    let written: String

    init(_ text: String, _ shapes: [Shape], written: String? = nil) {
      self.text = text
      self.shapes = shapes
      self.written = written ?? text
    }

    var testDescription: String { text }
  }

  static let equations = [
    Equation("bij,bjk->bik", [[2, 3, 4], [2, 4, 5]]), Equation("ij->ji", [[2, 3]]),
    Equation("ij,jk", [[2, 3], [3, 4]], written: "ij,jk->ik"), Equation("i,i->", [[4], [4]]),
    Equation("ij,kl->ik", [[2, 3], [4, 5]]), Equation("bii->bi", [[2, 3, 3]]),
    Equation("ii", [[3, 3]], written: "ii->"), Equation("iji,j->i", [[2, 3, 2], [3]]),
    Equation("ab,bc,cd->ad", [[2, 3], [3, 4], [4, 2]]),
    Equation("abc,b,dc,a->d", [[2, 3, 4], [3], [5, 4], [2]]),
    Equation("...ij,...jk->...ik", [[2, 3, 3, 4], [3, 4, 2]], written: "xyij,yjk->xyik"),
    Equation("...i,i...->...", [[2, 3], [3, 2]], written: "xi,ix->x"),
    Equation("b...d,dc", [[2, 3, 4], [4, 5]], written: "bxd,dc->xbc"),
    Equation("...,...", [[3], [2, 3]], written: "y,xy->xy"),
  ]

  /// Goes through all values of all letters.
  private func literal(_ equation: Equation, _ inputs: [Tensor]) -> ReferenceTensor {
    let sides = equation.written.replacing("->", with: ">").split(
      separator: ">", omittingEmptySubsequences: false)
    let operands = sides[0].split(separator: ",").map { Array($0) }
    var extents: [Character: Int] = [:]
    for (letters, shape) in zip(operands, equation.shapes) {
      for (letter, extent) in zip(letters, shape.extents) { extents[letter] = extent }
    }
    let letters = extents.keys.sorted()
    let all = Shape(letters.map { extents[$0] ?? 1 })
    func place(_ names: [Character], _ indices: [Character: Int]) -> Int {
      names.reduce(0) { $0 * (extents[$1] ?? 1) + (indices[$1] ?? 0) }
    }
    var result = ReferenceTensor(shape: Shape(sides[1].map { extents[$0] ?? 1 }))
    for flat in 0..<all.elementCount {
      let indices = Dictionary(
        uniqueKeysWithValues: letters.indices.map { axis in
          (letters[axis], flat / all.strides[axis] % all[axis])
        })
      let product = zip(operands, inputs).reduce(1.0) {
        $0 * Double($1.1.elements[place($1.0, indices)])
      }
      result.elements[place(Array(sides[1]), indices)] += product
    }
    return result
  }

  private func file(_ equation: Equation) throws -> ONNXFile {
    let names = equation.shapes.indices.map { "x\($0)" }
    return try TestModel.file(
      TestModel.graph(
        inputs: zip(names, equation.shapes).map { ($0, $1.extents.map { "\($0)" }) },
        outputs: ["y"],
        nodes: [TestModel.node("Einsum", names, ["y"], words: ["equation": equation.text])]))
  }

  @Test(arguments: equations)
  func `equations are sums over all indices`(equation: Equation) throws {
    var generator = SeededGenerator(seed: 3)
    let inputs = equation.shapes.map { Tensor.random($0, using: &generator) }
    let named = Dictionary(
      uniqueKeysWithValues: inputs.enumerated().map { ("x\($0.offset)", $0.element) })
    let results = try Program(file(equation).graph().canonicalized()).run(named).byName
    let result = ReferenceTensor(try #require(results["y"]))
    expectClose(result, literal(equation, inputs), absolute: 1e-6, relative: 1e-5)
  }

  @Test(arguments: [
    Equation("ij,jk->ik", [[2, 3], [4, 5]]), Equation("ij->ik", [[2, 3]]),
    Equation("ij->iij", [[2, 3]]), Equation("i1->i", [[2, 3]]), Equation("ijk->i", [[2, 3]]),
    Equation("...i->i", [[2, 3]]), Equation("ij,jk->ik", [[2, 3]]),
  ])
  func `what does not fit is refused`(equation: Equation) {
    let error = #expect(throws: ONNXError.self) {
      _ = try file(equation).imported(outputs: ["y"])
    }
    #expect(error?.description.contains(equation.text) == true)
  }
}
