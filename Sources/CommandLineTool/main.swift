import ArgumentParser
import Foundation
import GraphExecution

// A reader that goes away, such as `head`, must not stop files from being written.
_ = signal(SIGPIPE, SIG_IGN)
FreedMemory.keep()

do {
  try await CommandRun.run(VitrineCommand.parseAsRoot())
} catch {
  ErrorLine.exit(error)
}
