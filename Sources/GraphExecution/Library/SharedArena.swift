import Foundation
import Synchronization

/// Bytes that the programs of a lane use one after another.
///
/// Programs of one lane never run at the same time, inputs are written before each run and outputs are
/// read after it, so all of them may use the same bytes. Addresses are reserved for as many as the machine
/// has; memory is taken as programs touch it.
final class SharedArena: Sendable {
  /// How many programs there are by how many bytes they use.
  private let claims = Mutex<[Int: Int]>([:])

  /// The reserved addresses; nil where the system refuses to reserve.
  private let region: AlignedBuffer?

  /// Gives every program bytes of its own.
  static let none = SharedArena(region: nil)

  /// Reserves addresses.
  convenience init() {
    self.init(
      region: AlignedBuffer.reserved(
        byteCount: Int(clamping: ProcessInfo.processInfo.physicalMemory)))
  }

  private init(region: AlignedBuffer?) {
    self.region = region
  }

  /// The bytes that any program on the lane uses at most.
  var byteCount: Int { claims.withLock { $0.keys.max() ?? 0 } }

  /// Bytes for a program, which are undefined.
  ///
  /// - Throws: `ExecutionError` when there are not as many.
  func claim(byteCount: Int) throws(ExecutionError) -> ArenaClaim {
    guard let region, byteCount <= region.byteCount else {
      return ArenaClaim(buffer: try AlignedBuffer.zeroed(byteCount: byteCount)) {}
    }
    claims.withLock { $0[byteCount, default: 0] += 1 }
    return ArenaClaim(buffer: region) { [self] in release(byteCount) }
  }

  /// Fills what programs use with numbers that are none, as the worst that another program can leave.
  func spoil() {
    region?.fill(0xFF, count: byteCount)
  }

  /// Gives what no other program needs back to the system.
  private func release(_ byteCount: Int) {
    claims.withLock { claims in
      claims[byteCount] = claims[byteCount].flatMap { $0 > 1 ? $0 - 1 : nil }
      let left = claims.keys.max() ?? 0
      if left < byteCount { region?.forget(left..<byteCount) }
    }
  }
}

/// Bytes of an arena, for as long as a program lives.
final class ArenaClaim {
  /// Holds at least as many bytes as were asked for, from its start on.
  let buffer: AlignedBuffer

  private let release: () -> Void

  init(buffer: AlignedBuffer, release: @escaping () -> Void) {
    self.buffer = buffer
    self.release = release
  }

  deinit { release() }
}
