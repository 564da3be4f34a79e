/// The secure hash SHA-256 of FIPS 180-4, section 6.2.
///
/// swift-crypto would do, but its library of C takes as long to build as all of Vitrine does.
struct SHA256 {
  private typealias Schedule = InlineArray<64, UInt32>

  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]

  /// The hash of bytes, as 64 hexadecimal digits.
  static func hexadecimal(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    var schedule = Schedule(repeating: 0)
    let constants = Self.constants
    let whole = bytes.count / 64
    for block in 0..<whole { hash.update(bytes, at: block * 64, &schedule, constants) }
    let tail = padded(Array(bytes[(whole * 64)...]), byteCount: bytes.count)
    for block in 0..<tail.count / 64 { hash.update(tail, at: block * 64, &schedule, constants) }
    return hash.state.indices.map { digits(hash.state[$0]) }.joined()
  }

  private static func digits(_ word: UInt32) -> String {
    let text = String(word, radix: 16)
    return String(repeating: "0", count: 8 - text.count) + text
  }

  /// A one bit, zeros, and the length in bits, up to a whole number of blocks.
  private static func padded(_ rest: [UInt8], byteCount: Int) -> [UInt8] {
    var padded = rest + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    let bitCount = UInt64(byteCount) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    return padded
  }

  private mutating func update(
    _ bytes: [UInt8], at start: Int, _ schedule: inout Schedule, _ constants: Schedule
  ) {
    for index in 0..<16 {
      let at = start + index * 4
      schedule[index] =
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
        | UInt32(bytes[at + 3])
    }
    for index in 16..<64 {
      let (early, late) = (schedule[index - 15], schedule[index - 2])
      let first = Self.rotated(early, 7) ^ Self.rotated(early, 18) ^ early >> 3
      let second = Self.rotated(late, 17) ^ Self.rotated(late, 19) ^ late >> 10
      schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
    }
    mix(schedule, constants)
  }

  private mutating func mix(_ schedule: Schedule, _ constants: Schedule) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let high = Self.rotated(e, 6) ^ Self.rotated(e, 11) ^ Self.rotated(e, 25)
      let choice = e & f ^ ~e & g
      let first = h &+ high &+ choice &+ constants[index] &+ schedule[index]
      let low = Self.rotated(a, 2) ^ Self.rotated(a, 13) ^ Self.rotated(a, 22)
      let majority = a & b ^ a & c ^ b & c
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ low &+ majority)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  /// The fractional parts of the cube roots of the first 64 primes.
  private static let constants: Schedule = {
    var constants = Schedule(repeating: 0)
    var (candidate, count) = (2, 0)
    while count < 64 {
      let isPrime = !(2..<candidate).contains { candidate % $0 == 0 }
      if isPrime {
        constants[count] = cubeRootFraction(UInt64(candidate))
        count += 1
      }
      candidate += 1
    }
    return constants
  }()

  /// The first 32 bits behind the point of a cube root, found by bisection in integers.
  private static func cubeRootFraction(_ number: UInt64) -> UInt32 {
    // The largest root with root³ ≤ number · 2⁹⁶; it fits 35 bits, its cube 105.
    var root: UInt64 = 0
    for bit in (0..<36).reversed() {
      let trial = root | 1 << UInt64(bit)
      let cube = UInt128(trial) * UInt128(trial) * UInt128(trial)
      if cube <= UInt128(number) << 96 { root = trial }
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
