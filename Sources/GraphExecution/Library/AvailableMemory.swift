import Foundation

/// The memory that this process can still take without others being ended for it.
enum AvailableMemory {
  /// Its bytes: what the system says is available, or what is left of this process's share of it; all
  /// memory of the machine where neither is known.
  static var byteCount: Int {
    let all = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    return min(all, systemByteCount ?? all, shareByteCount ?? all)
  }

  /// `MemAvailable` of Linux, which is in kibibytes.
  private static var systemByteCount: Int? {
    let line = text("/proc/meminfo")?.split(separator: "\n").first {
      $0.hasPrefix("MemAvailable:")
    }
    let number = line?.split(separator: " ").dropFirst().first
    return number.flatMap { Int($0) }.map { $0 << 10 }
  }

  /// What is left of the control group's limit; files that were read count as free.
  private static var shareByteCount: Int? {
    let folder = "/sys/fs/cgroup/"
    guard let limit = number(folder + "memory.max"), let used = number(folder + "memory.current")
    else { return nil }
    let files = text(folder + "memory.stat")?.split(separator: "\n").first {
      $0.hasPrefix("inactive_file ")
    }
    let cached = files?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    return max(0, limit - used + cached)
  }

  private static func number(_ path: String) -> Int? {
    text(path).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Refuses what does not fit, before it is taken.
  ///
  /// - Parameter needed: The bytes that are to be taken.
  /// - Throws: `ExecutionError` naming both sizes.
  static func check(_ needed: Int) throws(ExecutionError) {
    // What is small needs no look at the system's files.
    guard needed > 256 << 20 else { return }
    let free = byteCount
    guard needed < free else {
      throw ExecutionError(
        .outOfMemory,
        "\(text(needed)) of memory are needed and \(text(free)) are free; run fewer inputs at once, or "
          + "smaller ones, or with fewer maps")
    }
  }

  private static func text(_ byteCount: Int) -> String {
    String(format: "%.1f GB", Double(byteCount) / 1e9)
  }
}
