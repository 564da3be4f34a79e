import GraphIR
import Operations
import TensorCore

extension MatrixProduct: SampleFreeForm {
  /// `Gemm` for two matrices; else transpositions, `MatMul` and the sum with the bias.
  func export(_ site: ExportSite) -> ExportedValue {
    let rank = site.node.shape.rank
    if rank == 2 {
      return site.result(
        "Gemm", site.inputs, .integer("transA", transposesLeft ? 1 : 0),
        .integer("transB", transposesRight ? 1 : 0))
    }
    let left = operand(site, 0, isTransposed: transposesLeft)
    let right = operand(site, 1, isTransposed: transposesRight)
    let product = site.result("MatMul", [left, right])
    return site.inputs.count == 3 ? site.result("Add", [product, site.inputs[2]]) : product
  }

  private func operand(
    _ site: ExportSite, _ index: Int, isTransposed: Bool
  ) -> ExportedValue {
    let rank = site.node.shape.rank
    return isTransposed
      ? site.transposed(site.inputs[index], exchanging: rank - 2, rank - 1) : site.inputs[index]
  }
}
