import TensorCore
import Testing

@testable import Workflows

struct MapRegionTests {
  @Test func `half of a picture holds its share of what is positive`() throws {
    let map = Tensor(shape: [2, 4], elements: [1, 2, -5, 0, 3, 0, 0, 4])
    #expect(try MapRegion("0,0.5,1,1").share(of: map, axis: nil) == 0.7)
    #expect(try MapRegion("0.5,0,1,1").share(of: map, axis: nil) == 0.4)
    #expect(try MapRegion("0,0,1,1").share(of: map, axis: nil) == 1)
  }

  @Test func `an interval of an axis may be given either way round`() throws {
    let map = Tensor(shape: [4], elements: [1, 3, 4, -2])
    let axis = [1800.0, 1700, 1600, 1500]
    for text in ["1750,1550", "1550,1750"] {
      #expect(try MapRegion(text).share(of: map, axis: axis) == 0.875)
    }
  }

  @Test func `there is no share of nothing, nor of the other kind of input`() throws {
    let map = Tensor(shape: [2, 2], elements: [0, -1, 0, 0])
    #expect(try MapRegion("0,0,1,1").share(of: map, axis: nil) == nil)
    #expect(try MapRegion("1,2").share(of: Tensor(shape: [2, 2], repeating: 1), axis: nil) == nil)
  }

  @Test(arguments: ["", "1", "0,0,1", "0,0,2,1", "0.5,0,0.5,1", "a,b", "3,3", "0,0,1,1,"])
  func refusesOtherTexts(text: String) {
    #expect(throws: WorkflowError.self) { try MapRegion(text) }
  }
}
