import TensorCore
import Testing

@testable import GraphExecution

struct MemoryDescriptorTests {
  @Test func `plain descriptors know their shape, bytes and layout`() throws {
    let descriptor = try MemoryDescriptor.plain([2, 3, 5])
    #expect(descriptor.shape == [2, 3, 5])
    #expect(descriptor.byteCount == 2 * 3 * 5 * 4)
    #expect(descriptor.isPlain && !descriptor.isUndecided)
    #expect(
      descriptor.blocking
        == BlockedLayout(strides: [15, 5, 1], paddedExtents: [2, 3, 5], innerBlocks: []))
    #expect(try MemoryDescriptor.plain([2, 3, 5], .bfloat16).byteCount == 2 * 3 * 5 * 2)
  }

  @Test func `descriptors are equal when shape, type and layout are`() throws {
    let plain = try MemoryDescriptor.plain([2, 3])
    #expect(try plain == .strided([2, 3], strides: [3, 1]))
    #expect(try plain != .strided([2, 3], strides: [1, 2]))
    #expect(try plain != .plain([3, 2]))
    #expect(try plain != .plain([2, 3], .bfloat16))
    #expect(try Set([plain, .plain([2, 3]), .any([2, 3])]).count == 2)
  }

  @Test func `a transposed view is not plain, an axis of one element does not matter`() throws {
    #expect(try !MemoryDescriptor.strided([2, 3], strides: [1, 2]).isPlain)
    #expect(try MemoryDescriptor.strided([1, 3], strides: [99, 1]).isPlain)
    #expect(try MemoryDescriptor.any([2, 3]).isUndecided)
    #expect(try MemoryDescriptor.plain([]).shape == [1])
  }

  @Test func `a shape with too many axes is refused`() {
    let error = #expect(throws: ExecutionError.self) {
      try MemoryDescriptor.plain(Shape([Int](repeating: 1, count: 13)))
    }
    #expect(error?.code == .invalidArguments)
  }

  @Test func `a convolution's chosen layout survives a round trip through reorders`() throws {
    let values = Tensor([1, 20, 4, 4], Array(0..<320))
    let (layout, returned) = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let convolution = try PrimitiveDescriptor.convolution(
        source: .any([1, 20, 4, 4]), weights: .any([32, 20, 3, 3]), bias: nil,
        destination: .any([1, 32, 4, 4]),
        window: WindowGeometry(
          strides: [1, 1], dilations: [1, 1], paddingBefore: [1, 1], paddingAfter: [1, 1]),
        attributes: bench.attributes, engine: bench.engine)
      guard let chosen = try convolution.descriptor(of: .source) else {
        throw ExecutionError(.libraryFailure, "no source")
      }
      let plain = try MemoryDescriptor.plain(values.shape)
      let blocked = try Memory(allocating: chosen, engine: bench.engine)
      let there = try PrimitiveDescriptor.reorder(
        from: plain, to: chosen, attributes: bench.attributes, engine: bench.engine)
      try Primitive(there).execute(
        [(.source, bench.memory(values)), (.destination, blocked)], on: bench.engine)
      let back = try PrimitiveDescriptor.reorder(
        from: chosen, to: plain, attributes: bench.attributes, engine: bench.engine)
      return try (
        chosen.blocking, bench.run(back, [:], others: [.source: blocked])
      )
    }
    #expect(returned == values)
    let blocking = try #require(layout)
    let padded = blocking.paddedExtents.enumerated().allSatisfy { axis, extent in
      extent >= values.shape[axis] && extent % blocking.blockSize(of: axis) == 0
    }
    #expect(padded, "\(blocking)")
  }

  @Test func `memory that does not exist is an error`() {
    let error = #expect(throws: ExecutionError.self) { try AlignedBuffer(byteCount: 1 << 60) }
    #expect(error?.code == .outOfMemory)
  }
}
