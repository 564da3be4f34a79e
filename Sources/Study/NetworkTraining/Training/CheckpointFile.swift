import Foundation
import TensorCore

/// The state of a training in an `.npz` file, which is replaced only by a complete one.
struct CheckpointFile {
  private let url: URL
  private let identity: String

  /// A checkpoint of one training; another one's is refused.
  init(
    url: URL, settings: TrainingSettings, architecture: any NetworkArchitecture,
    samples: any TrainingSamples, targets: LearningTargets
  ) {
    self.url = url
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = (try? encoder.encode(settings)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let layers = architecture.settings.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    identity =
      ([type(of: architecture).id] + layers + [text, samples.identity, targets.text])
      .joined(separator: "\n")
  }

  /// Writes a state beside the file and puts it in its place.
  ///
  /// - Throws: `TensorError` when the file system refuses.
  func write(_ state: TrainingState) throws(TensorError) {
    func row(_ values: [Float]) -> Tensor { Tensor(shape: [values.count], elements: values) }
    let numbers = [
      Float(state.epoch), Float(state.optimizer.stepCount & 0xFFF),
      Float(state.optimizer.stepCount >> 12), state.plateauShare, state.plateau.best,
      Float(state.plateau.waitingCount), state.watch.best, Float(state.watch.waitingCount),
      Float(state.best?.epoch ?? -1),
    ]
    var arrays = [
      ("identity", row(identity.utf8.map { Float($0) })), ("numbers", row(numbers)),
      ("parameters", row(state.parameters)), ("first", row(state.optimizer.first)),
      ("second", row(state.optimizer.second)),
      ("statistics", row(state.statistics.flatMap(\.self))),
    ]
    if let best = state.best {
      arrays.append(("best.parameters", row(best.parameters)))
      arrays.append(("best.statistics", row(best.statistics.flatMap(\.self))))
    }
    try NPZArchive.write(arrays, to: url)
  }

  /// The state in the file; nil when there is no file.
  ///
  /// - Parameter fresh: A state of the same training.
  /// - Returns: What was written last.
  /// - Throws: `LearningError` with code `unsuitableCheckpoint` when the file is damaged or belongs
  ///   to another training.
  func read(like fresh: TrainingState) throws(LearningError) -> TrainingState? {
    guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
      return nil
    }
    do {
      let archive = try NPZArchive(contentsOf: url)
      guard try archive["identity"].elements == identity.utf8.map({ Float($0) }) else {
        throw refusal(
          "belongs to a training with other data, layers or settings; remove it or train anew")
      }
      return try state(archive, like: fresh)
    } catch let error as LearningError {
      throw error
    } catch {
      throw refusal("is damaged (\(error)); remove it and train anew")
    }
  }

  private func state(_ archive: NPZArchive, like fresh: TrainingState) throws -> TrainingState {
    let numbers = try archive["numbers"].elements
    guard numbers.count == 9, numbers.allSatisfy({ !$0.isNaN }),
      [0, 1, 2, 5, 7, 8].allSatisfy({ abs(numbers[$0]) <= 16_777_216 })
    else { throw refusal("lacks numbers; remove it and train anew") }
    func row(_ name: String, count: Int) throws -> [Float] {
      let values = try archive[name].elements
      guard values.count == count else {
        throw refusal("has \(values.count) \(name), not \(count)")
      }
      return values
    }
    func statistics(_ name: String) throws -> [[Float]] {
      var rest = try row(name, count: fresh.statistics.reduce(0) { $0 + $1.count })[...]
      return fresh.statistics.map { layer in
        defer { rest = rest.dropFirst(layer.count) }
        return Array(rest.prefix(layer.count))
      }
    }
    var state = fresh
    state.epoch = Int(numbers[0])
    state.optimizer.stepCount = Int(numbers[1]) | Int(numbers[2]) << 12
    state.plateauShare = numbers[3]
    state.plateau = PlateauWatch(best: numbers[4], waitingCount: Int(numbers[5]))
    state.watch = PlateauWatch(best: numbers[6], waitingCount: Int(numbers[7]))
    state.parameters = try row("parameters", count: fresh.parameters.count)
    state.optimizer.first = try row("first", count: fresh.optimizer.first.count)
    state.optimizer.second = try row("second", count: fresh.optimizer.second.count)
    state.statistics = try statistics("statistics")
    if numbers[8] >= 0 {
      state.best = TrainingState.Best(
        epoch: Int(numbers[8]),
        parameters: try row("best.parameters", count: fresh.parameters.count),
        statistics: try statistics("best.statistics"))
    }
    return state
  }

  private func refusal(_ text: String) -> LearningError {
    LearningError(.unsuitableCheckpoint, "\(url.lastPathComponent): the checkpoint \(text)")
  }
}

/// A checksum of numbers, so that a checkpoint is not resumed with others (64-bit FNV-1a).
package struct NumberChecksum {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Of nothing so far.
  package init() {}

  /// Takes in a row of numbers.
  package mutating func add(_ row: [Float]) {
    for number in row { state = (state ^ UInt64(number.bitPattern)) &* 0x100_0000_01B3 }
    state = (state ^ UInt64(row.count)) &* 0x100_0000_01B3
  }

  /// The checksum in hexadecimal digits.
  package var text: String { String(state, radix: 16) }
}

extension LearningTargets {
  /// A checksum of the targets.
  fileprivate var text: String {
    var sum = NumberChecksum()
    switch self {
    case .classes(let classes, let count): sum.add(classes.map { Float($0) } + [Float(count)])
    case .values(let values): for row in values { sum.add(row) }
    }
    return sum.text
  }
}
