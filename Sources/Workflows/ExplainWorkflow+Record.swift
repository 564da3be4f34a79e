import Explanations

extension ExplainWorkflow {
  /// Explains pictures and keeps a record of them, so that the run can be resumed; many get a page
  /// that shows them all.
  func recorded(
    _ run: ExplainRun, _ writer: ExplanationWriter, _ failures: FailureLog
  ) async throws -> ExplainResult {
    let record = try RunRecord(
      in: writer.folder,
      RunSettings(
        request, writer.plan, writer.model, digest: writer.origin.modelSHA256,
        preparation: writer.preparation, formats: writer.formats), isResumed: resumes)
    if resumes { announce(record, run) }
    var (run, writer) = (run, writer)
    run.done = record.done
    run.takenNames = record.names
    writer.record = record
    let written = try await run.written(by: writer, failures)
    let files = run.source.paths
    let areDistinct = Set(files).count == files.count
    let earlier = run.done.compactMap { path in
      record.entry(for: path)?.explained.renamed(writer.folder.file)
    }
    let explained = Dictionary(grouping: earlier + written, by: \.input)
    var result = ExplainResult(
      model: request.model.path,
      inputs: areDistinct ? files.flatMap { explained[$0] ?? [] } : earlier + written,
      failures: failures.all)
    if run.source.count > ExplainIndex.greatestCountWithout {
      result.index = try ExplainIndex(model: writer.model, plan: writer.plan)
        .write(files.compactMap(record.entry), failures.all, to: writer.folder)
    }
    return result
  }

  /// Says what an earlier run has done, or why it does not count.
  private func announce(_ record: RunRecord, _ run: ExplainRun) {
    let count = run.source.paths.count { record.done.contains($0) }
    if record.differences.isEmpty {
      run.reporter.note("note: \(count) of \(run.source.count) pictures were explained before")
    } else {
      run.reporter.note(
        "note: the results in \(folder) were made with other settings "
          + "(\(record.differences.joined(separator: ", "))): all pictures are explained again")
    }
  }
}
