import ArgumentParser
import Foundation

// A reader that goes away, such as `head`, must not stop files from being written.
_ = signal(SIGPIPE, SIG_IGN)

do {
  try await CommandRun.run(VitrineCommand.parseAsRoot())
} catch {
  ErrorLine.exit(error)
}
