import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct CostContractTests {
  /// Two for every pair of a number and a result that it changes; under padding there are less
  /// pairs than are counted.
  @Test(arguments: OperationCatalog.samples)
  func `products with weights cost two each, all else one a result`(
    sample: OperationSample
  ) throws {
    let (core, site) = (try sample.core, try sample.site)
    let count = core.operationCount(at: site)
    if sample.operation is Recurrence {
      // Every step costs the same, and more than one a result.
      #expect(count.isMultiple(of: site.result[0]) && count > site.result.elementCount)
      return
    }
    guard !core.parameterInputs.isEmpty else {
      #expect(count == site.result.elementCount)
      return
    }
    let pairs = try Dependence.measured(sample, input: 0).reduce(0) { $0 + $1.changes.count }
    if isPadded(sample.operation) {
      #expect(count >= 2 * pairs)
    } else {
      #expect(count == 2 * pairs)
    }
  }

  private func isPadded(_ operation: any GraphIR.Operation) -> Bool {
    switch operation {
    case let convolution as Convolution: convolution.window.isPadded
    case let transposed as TransposedConvolution: transposed.convolution.window.isPadded
    default: false
    }
  }
}
