import TestSupport
import Testing

@testable import ExplanationQuality

/// Things of one input in another.
struct PlantingTests {
  private static let positions = [5, 6]
  /// A corner of three positions, within 2 × 2.
  private static let thing = (0..<30).map { [7, 8, 13].contains($0) }

  private func planted(seed: UInt64, _ thing: [Bool] = Self.thing) -> Planting? {
    let facts = SampleFacts(positions: Self.positions, seed: seed)
    return Planting(
      thing, of: (0..<60).map { 100 + Float($0) }, into: (0..<60).map { Float($0) }, channels: 2,
      facts)
  }

  @Test func `a thing keeps its form and its numbers, and the rest is as it was`() throws {
    for seed in 0..<50 as Range<UInt64> {
      let found = try #require(planted(seed: seed))
      let places = found.region.inside.indices.filter { found.region.inside[$0] }
      let step = places[0] - 7
      #expect(places == [7, 8, 13].map { $0 + step })
      // No row is broken by the edge.
      #expect(places[0] % 6 < 5 && places[0] / 6 < 4)
      for index in 0..<60 {
        let place = index % 30
        let expected = places.contains(place) ? 100 + Float(index - step) : Float(index)
        #expect(found.input[index] == expected)
      }
      #expect(planted(seed: seed) == found)
    }
  }

  @Test func `every corner is as likely as any other, and the middle is none`() throws {
    var counts: [Int: Int] = [:]
    for seed in 0..<2000 as Range<UInt64> {
      let inside = try #require(planted(seed: seed)).region.inside
      counts[try #require(inside.firstIndex(of: true)), default: 0] += 1
    }
    // The first position of the thing in 2 × 2 of each corner; 500 each, standard deviation 19.
    #expect(counts.keys.sorted() == [0, 4, 18, 22])
    #expect(counts.values.allSatisfy { (400...600).contains($0) })
  }

  @Test func `what covers all stays, and nothing is no thing`() throws {
    let all = try #require(planted(seed: 3, [Bool](repeating: true, count: 30)))
    #expect(all.input == (0..<60).map { 100 + Float($0) } && all.region.count == 30)
    #expect(planted(seed: 3, [Bool](repeating: false, count: 30)) == nil)
    #expect(planted(seed: 3, [true]) == nil)
  }

  @Test func `golden energy and area within a thing whose class rises`() throws {
    let map = GoldenPicture.map
    let thing = { PlantedThing(region: GoldenPicture.object, before: $0, after: $1) }
    let measured = {
      (text: String, thing: PlantedThing, scale: ScoreScale) throws -> Measurement in
      let chosen = try ChosenMetric(parsing: text)
      guard case .planted(let measure) = chosen.metric.procedure else {
        throw UnexpectedProcedure(id: text)
      }
      let facts = SampleFacts(positions: map.positions, seed: 0, scale: scale)
      return measure(map, thing, facts, chosen.settings)
    }
    let energy = try measured("planted", thing(0.1, 0.3), .probability)
    expectClose([energy.value ?? .nan], [0.852941], absolute: 1e-6)
    #expect(energy.fractions == [0, 1] && energy.scores == [0.1, 0.3])
    let area = try measured("planted-auc", thing(0.1, 0.3), .probability)
    expectClose([area.value ?? .nan], [0.981818], absolute: 1e-6)
    #expect(try measured("planted", thing(0.1, 0.109), .probability).value == nil)
    #expect(try measured("planted:margin=0.5", thing(0.1, 0.109), .probability).value != nil)
    #expect(try measured("planted", thing(-1, -0.99), .open).value != nil)
    #expect(try measured("planted", thing(2, 2), .open).value == nil)
    // The object covers 5 of 16 positions.
    #expect(try measured("planted:largest=31", thing(0, 1), .probability).value == nil)
    #expect(try measured("planted:largest=32", thing(0, 1), .probability).value != nil)
  }
}
