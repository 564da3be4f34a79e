import TensorCore

/// What random numbers of a metric are for; those of one purpose differ from those of another.
///
/// A change of a number changes every result that rests on the purpose.
enum ChancePurpose: UInt64 {
  /// Which parts of an input are hidden together.
  case removals = 0x8E5C_1F62_9A3B_D047
  /// Which channels of a layer are tried.
  case channels = 0x5D1A_8F36_C2E7_490B
  /// By how much an input is changed.
  case changes = 0x3B9D_74C5_E108_6FA1
  /// Where something is put into an input.
  case planting = 0xC61A_05D7_4F92_8EB3
}

extension SampleFacts {
  /// Random numbers that are the same for all maps of the input.
  func generator(_ purpose: ChancePurpose) -> SplitMix64 {
    SplitMix64(seed: seed ^ purpose.rawValue)
  }
}
