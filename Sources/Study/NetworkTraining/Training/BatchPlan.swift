import TensorCore

/// A sample of a batch.
struct BatchSlot: Sendable, Hashable {
  /// The index of the sample.
  let index: Int

  /// Which version of it.
  var version = 0

  /// Whether it counts, and does not only fill up the batch.
  var counts = true
}

/// How an epoch falls into batches of one size.
struct BatchPlan: Sendable, Hashable {
  /// How many samples there are.
  let sampleCount: Int

  /// How many steps an epoch has.
  let batchCount: Int

  /// How many samples a step has, each in all its versions.
  let batchSize: Int

  /// Evens batches out: as many as come closest to the wanted size, all equally large.
  init(sampleCount: Int, wantedSize: Int) {
    self.sampleCount = sampleCount
    batchCount = max(1, (2 * sampleCount + wantedSize) / (2 * wantedSize))
    batchSize = (sampleCount + batchCount - 1) / batchCount
  }

  /// The samples of every batch; where they do not suffice, others fill up and do not count.
  ///
  /// What fills up is drawn from the same samples, so that batch norms see nothing foreign.
  func batches(_ order: [Int]) -> [(indices: [Int], countedCount: Int)] {
    (0..<batchCount).map { batch in
      // The spectra that are missing for whole batches are missing one each in the last ones.
      let missing = batchCount * batchSize - sampleCount
      let full = batchCount - missing
      let start = batch * batchSize - max(0, batch - full)
      let counted = batchSize - (batch >= full ? 1 : 0)
      var indices = Array(order[start..<start + counted])
      if counted < batchSize { indices.append(order[batch % max(1, start)]) }
      return (indices, counted)
    }
  }

  /// The slots of every batch, first all samples in the first version, then in the next ones.
  func slots(_ order: [Int], versionCount: Int) -> [[BatchSlot]] {
    batches(order).map { indices, counted in
      (0..<versionCount).flatMap { version in
        indices.enumerated().map { slot, index in
          BatchSlot(index: index, version: version, counts: slot < counted)
        }
      }
    }
  }
}
