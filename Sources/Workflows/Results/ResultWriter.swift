/// Draws and writes what was found about inputs.
protocol ResultWriter: Sendable {
  /// One input with what is written about it.
  associatedtype Job: Sendable

  /// What was written about one input.
  associatedtype Written: Sendable

  /// Prepares the writing of an input; names of files are chosen here, in order.
  func job(_ explained: ExplainedSample, _ names: inout FileNames) -> Job

  /// The file that a job is about.
  func path(of job: Job) -> String

  /// Writes one input.
  ///
  /// - Throws: What is wrong with its numbers or with the folder.
  func write(_ job: Job) throws -> Written
}

extension ResultWriter {
  /// Writes inputs in parallel; those that cannot be written are logged.
  func write(_ jobs: [Job], _ failures: FailureLog) async -> [Written] {
    await withTaskGroup(of: (Int, Written?).self) { group in
      for (index, job) in jobs.enumerated() {
        group.addTask {
          do {
            return (index, try write(job))
          } catch {
            failures.add(InputFailure(path(of: job), error))
            return (index, nil)
          }
        }
      }
      var written = [Written?](repeating: nil, count: jobs.count)
      for await (index, input) in group { written[index] = input }
      return written.compactMap(\.self)
    }
  }
}
