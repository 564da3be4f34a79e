import ONNXFormat
public import TensorCore

/// The shapes of inputs where a file leaves them open: of one sample, or with the axis that counts
/// samples in front.
public struct InputShapes: Sendable, Hashable {
  /// The shape of the input that leaves axes open.
  public var shape: Shape?

  /// The shapes of inputs by name.
  public var named: [String: Shape]

  /// The shapes of arrays that inputs will be given, by name, or under an empty name for the input that
  /// is left: taken where the file leaves axes open, nothing else is said, and they fit.
  package var hints: [String: Shape] = [:]

  /// Rows and columns that something beside the network names for pictures: taken where the file leaves
  /// them open and nothing else is said.
  var pictureSize: [Int]?

  /// Gives shapes.
  ///
  /// - Parameters:
  ///   - shape: That of the input that leaves axes open; none by default.
  ///   - named: Those of inputs by name.
  public init(_ shape: Shape? = nil, named: [String: Shape] = [:]) {
    self.shape = shape
    self.named = named
  }

  /// The shapes that a file is imported with, samples included.
  ///
  /// - Parameters:
  ///   - inputs: What the file says.
  ///   - samples: For how many samples, where a shape does not say it.
  /// - Returns: By the names of inputs.
  /// - Throws: `ExplanationError` naming the input that there is not, or that the shape does not fit.
  func whole(
    for inputs: [DeclaredInput], samples: Int
  ) throws(ExplanationError) -> [String: Shape] {
    var given = named
    if let shape {
      let isOpen = { (input: DeclaredInput) in
        input.dimensions?.dropFirst().allSatisfy(\.isFixed) != true
      }
      guard let input = inputs.first(where: isOpen) ?? inputs.first else { return [:] }
      given[input.name] = given[input.name] ?? shape
    }
    var shapes: [String: Shape] = [:]
    for (name, shape) in given.sorted(by: { $0.key < $1.key }) {
      guard let input = inputs.first(where: { $0.name == name }) else {
        let names = inputs.map(\.description).joined(separator: ", ")
        throw ExplanationError(
          .unsuitableInput, "--input-shape \(name)=…: there is no such input; there are \(names)")
      }
      shapes[name] = try Self.whole(shape, input, samples: samples)
    }
    for input in inputs where shapes[input.name] == nil {
      let known = [hints[input.name] ?? hints[""], pictureShape(of: input)].compactMap(\.self)
      guard let hint = known.first(where: { Self.fits($0, input) }) else { continue }
      shapes[input.name] = try Self.whole(hint, input, samples: samples)
    }
    return shapes
  }

  /// The shape of a picture of the size that is named, with as many channels as the file says.
  private func pictureShape(of input: DeclaredInput) -> Shape? {
    guard let pictureSize, pictureSize.count == 2, let dimensions = input.dimensions,
      dimensions.count == 4
    else { return nil }
    if case .fixed(let channels) = dimensions[1] { return Shape([channels] + pictureSize) }
    if case .fixed(let channels) = dimensions[3] { return Shape(pictureSize + [channels]) }
    return nil
  }

  /// Whether an array may be what an input with open axes takes, samples included or not.
  private static func fits(_ shape: Shape, _ input: DeclaredInput) -> Bool {
    guard let dimensions = input.dimensions, dimensions.contains(where: { !$0.isFixed }),
      shape.rank == dimensions.count || shape.rank == dimensions.count - 1
    else { return false }
    return zip(dimensions.suffix(shape.rank), shape.extents).allSatisfy { dimension, extent in
      if case .fixed(let fixed) = dimension { return fixed == extent }
      return extent > 0
    }
  }

  private static func whole(
    _ shape: Shape, _ input: DeclaredInput, samples: Int
  ) throws(ExplanationError) -> Shape {
    let rank = input.dimensions?.count ?? shape.rank + 1
    if shape.rank == rank - 1 { return Shape([samples] + shape.extents) }
    guard shape.rank == rank else {
      let text = shape.extents.map(String.init).joined(separator: ",")
      throw ExplanationError(
        .unsuitableInput,
        "--input-shape \(text) does not fit input \(input); give the shape of one sample, such as "
          + "\(input.exampleShape)")
    }
    return shape
  }
}

extension DeclaredInput.Dimension {
  /// Whether the file fixes the extent.
  fileprivate var isFixed: Bool {
    if case .fixed = self { true } else { false }
  }
}
