import TensorCore
import Testing

struct TransposingTests {
  @Test func `axes change places with their numbers`() {
    let tensor = Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6])
    #expect(tensor.transposed([1, 0]) == Tensor(shape: [3, 2], elements: [1, 4, 2, 5, 3, 6]))
    let cube = Tensor(shape: [2, 3, 4], elements: (0..<24).map(Float.init))
    let moved = cube.transposed([2, 0, 1])
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 { #expect(moved[k, i, j] == cube[i, j, k]) }
      }
    }
    #expect(moved.transposed([1, 2, 0]) == cube)
    #expect(Tensor(3).transposed([]) == Tensor(3))
  }
}
