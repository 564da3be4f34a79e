import ArgumentParser

/// A command that waits for work.
protocol WaitingCommand: ParsableCommand {
  /// Does what the command says.
  func execute() async throws
}

/// Runs parsed commands.
enum CommandRun {
  /// Runs a command, whichever kind it is.
  static func run(_ command: any ParsableCommand) async throws {
    if let command = command as? any WaitingCommand {
      try await command.execute()
    } else {
      var command = command
      try command.run()
    }
  }
}
