import Foundation

/// What becomes of memory that is given back.
package enum FreedMemory {
  /// Lets the process keep up to 64 MB that it has freed, and parts of up to 32 MB.
  ///
  /// Otherwise glibc gives parts back to the system that are taken again for the next picture, and the
  /// system clears every page of them: a seventh of the time of everything around the network. Does
  /// nothing with other libraries.
  package static func keep() {
    typealias Setter = @convention(c) (Int32, Int32) -> Int32
    guard let process = unsafe dlopen(nil, RTLD_NOW),
      let symbol = unsafe dlsym(process, "mallopt")
    else { return }
    let set = unsafe unsafeBitCast(symbol, to: Setter.self)
    // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
    _ = set(-1, 64 << 20)
    _ = set(-3, 32 << 20)
  }
}
