package import GraphIR
import Operations
import TensorCore

/// Several networks of one architecture side by side; the mean of what they say.
///
/// They are trained apart, each from a start of its own, and joined afterwards. Layers and parameters of
/// each are called as before, behind `start1.`, `start2.`….
package struct EnsembleNetwork: NetworkArchitecture {
  /// The name in files.
  package static let id = "ensemble"

  /// What the layers are.
  package static let summary = "several networks trained from different starts, whose mean is taken"

  /// The layers of each.
  let member: any NetworkArchitecture

  /// How many there are.
  let count: Int

  /// Every setting of the members with its value, and how many they are.
  package var settings: [String: String] {
    member.settings.merging(["starts": "\(count)"]) { first, _ in first }
  }

  /// The learning rate of the members.
  package var usualLearningRate: Float { member.usualLearningRate }

  /// Adds the layers of one after the other, and the mean.
  package func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    let results = (0..<count).map { index in
      network.within(Self.prefix(index)) { member.build(input, outputs: outputs, in: network) }
    }
    return results.dropFirst().reduce(results[0], +) * (1 / Float(count))
  }

  /// What stands before the names of a member.
  static func prefix(_ index: Int) -> String { "start\(index + 1)." }

  /// Whether both have as many members with equal layers.
  package static func == (one: Self, other: Self) -> Bool {
    one.count == other.count && AnyHashable(one.member) == AnyHashable(other.member)
  }

  /// Feeds the layers into a hasher.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(AnyHashable(member))
  }
}

extension TrainedNetwork {
  /// Networks of one architecture, trained on the same data, as one that gives the mean of what they say.
  ///
  /// - Parameter members: At least one; alone it is returned as it is.
  package init(joining members: [TrainedNetwork]) {
    let first = members[0]
    guard members.count > 1 else {
      self = first
      return
    }
    precondition(
      members.allSatisfy {
        $0.inputScaling == first.inputScaling && $0.targetScaling == first.targetScaling
          && $0.linearPath == first.linearPath && $0.task == first.task
      }, "networks that were trained on the same data")
    var tensors: [String: Tensor] = [:]
    for (index, member) in members.enumerated() {
      for (name, tensor) in member.weights.tensors {
        tensors[EnsembleNetwork.prefix(index) + name] = tensor
      }
    }
    self.init(
      architecture: EnsembleNetwork(member: first.architecture, count: members.count),
      pointCount: first.pointCount, task: first.task, weights: NetworkWeights(tensors),
      inputScaling: first.inputScaling, targetScaling: first.targetScaling,
      linearPath: first.linearPath)
  }
}
