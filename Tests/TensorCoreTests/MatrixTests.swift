import TensorCore
import Testing

struct MatrixTests {
  private let matrix: Matrix<Float> = [[1, 2, 3], [4, 5, 6]]

  @Test func `numbers lie row by row, and a matrix is the collection of its rows`() {
    #expect(matrix.elements == [1, 2, 3, 4, 5, 6])
    #expect(matrix.rowCount == 2 && matrix.columnCount == 3 && matrix.count == 2)
    #expect(Array(matrix) == [[1, 2, 3], [4, 5, 6]] && matrix[1] == matrix.row(1))
    #expect(matrix[1, 0] == 4 && matrix.column(2) == [3, 6])
    #expect(Matrix(Array(matrix)) == matrix)
  }

  @Test func `rows are chosen, replaced and made into others`() {
    #expect(matrix.selecting(rows: [1, 0, 1]) == [[4, 5, 6], [1, 2, 3], [4, 5, 6]])
    var changed = matrix
    changed.setRow(0, [7, 8, 9])
    changed[1, 1] = 0
    #expect(changed == [[7, 8, 9], [4, 0, 6]] && matrix[0, 0] == 1)
    #expect(matrix.mapRows { [$0[0] + $0[2], $0[1]] } == [[4, 2], [10, 5]])
  }

  @Test func `without rows there are no columns`() {
    let none: Matrix<Float> = []
    #expect(none.isEmpty && none.columnCount == 0 && none.mapRows { $0 } == none)
    #expect(matrix.selecting(rows: []).columnCount == 3)
  }

  @Test func `rows of different lengths are no matrix`() async {
    await #expect(processExitsWith: .failure) { _ = Matrix([[1, 2], [3]]) }
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 3])
    }
  }
}
