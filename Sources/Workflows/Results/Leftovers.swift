import Foundation

/// The temporary files of runs that were killed while they wrote.
///
/// A file is written under a hidden name that holds the number of its process, and renamed when it is
/// whole: what has such a name and no process is the rest of a file.
enum Leftovers {
  /// What the names of temporary files begin with, before the number of the process in base 16.
  private static let start = ".dat.nosync"

  /// After how many seconds a temporary file is a rest whoever has the number of its process.
  private static let greatestAge = 60.0

  /// A hidden name for a file of this process that is not yet whole.
  static func name() -> String {
    let process = String(getpid(), radix: 16, uppercase: true)
    return "\(start)\(process).\(UUID().uuidString)"
  }

  /// Removes the rests in a folder; what is in folders in it stays.
  static func remove(from path: String) {
    let manager = FileManager.default
    let folder = URL(fileURLWithPath: path)
    for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] {
      let file = folder.appending(path: name)
      if isRest(file) { try? manager.removeItem(at: file) }
    }
  }

  private static func isRest(_ url: URL) -> Bool {
    let name = url.lastPathComponent
    guard name.hasPrefix(start),
      let process = Int32(name.dropFirst(start.count).prefix { $0.isHexDigit }, radix: 16)
    else { return false }
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    let age = (attributes?[.modificationDate] as? Date).map { -$0.timeIntervalSinceNow } ?? 0
    return age > greatestAge || !isRunning(process)
  }

  /// Whether a process has the number; another's process, which may not be signaled, does too.
  private static func isRunning(_ process: Int32) -> Bool {
    kill(process, 0) == 0 || errno != ESRCH
  }
}
