import Explanations
import Foundation
import ImageData
import SpectralData
import TensorCore

extension TargetFiles {
  /// Reads regions from pictures and embeddings from inputs of a network.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - unit: What positions of spectra are measured in, where their files do not say.
  init(_ model: Model, unit: AxisUnit?) {
    self.init(
      region: { try Self.region($0, model) },
      embedding: { path in
        guard model.inputs.count == 1 else {
          throw WorkflowError(
            .invalidSetting,
            "similarity is with another input, and \(model.name) takes \(model.inputs.summary)")
        }
        let reader = try InputReader(model, model.inputs[0], InputSettings(unit: unit))
        let inputs = try reader.inputs(in: path) { _ in }
        guard inputs.count == 1 else {
          throw WorkflowError(
            .invalidSetting,
            "\(path) holds \(inputs.count) inputs; similarity is with one, so give a file of one")
        }
        return try Predictor(model).scores([inputs[0].tensor])[0]
      })
  }

  /// The bright pixels of a picture of the size of the output, or of the input.
  private static func region(_ path: String, _ model: Model) throws -> [Float] {
    let grid = model.output.positions
    guard grid.count == 2 else {
      throw WorkflowError(
        .invalidSetting,
        "\(path): a region is a picture, and output \(model.output) has no rows and columns")
    }
    let picture = try Picture(reading: path)
    let size = [picture.height, picture.width]
    let input = Array(model.inputShape.extents.dropFirst())
    guard size == grid || size == input else {
      let text = { (extents: [Int]) in extents.reversed().map(String.init).joined(separator: "×") }
      throw WorkflowError(
        .invalidSetting,
        "\(path): the region has \(text(size)) pixels; output \(model.output.name) has "
          + "\(text(grid))" + (input == grid ? "" : " and the input \(text(input))"))
    }
    let region = (0..<grid[0]).flatMap { row in
      (0..<grid[1]).map { column -> Float in
        // The pixel at the center of each position.
        let (red, green, blue) = picture[
          (2 * row + 1) * size[0] / (2 * grid[0]), (2 * column + 1) * size[1] / (2 * grid[1])]
        return Int(red) + Int(green) + Int(blue) > 3 * 127 ? 1 : 0
      }
    }
    guard region.contains(1) else {
      throw WorkflowError(
        .invalidSetting, "\(path): no pixel is bright; a region is white on black")
    }
    return region
  }
}

extension Model {
  /// Names the output that was taken where there are others, and what became of those.
  func announceOutput(_ settings: OutputSettings, _ reporter: WorkflowReporter) {
    let others = outputs.filter { $0.name != output.name }
    guard settings.name == nil, !others.isEmpty else { return }
    let list = others.map { other in
      other.role == .label ? "\(other.name) is a label, which has no gradient" : "\(other)"
    }
    reporter.note(
      "output: \(output) (choose another with --output; there are \(list.joined(separator: "; ")))")
  }
}
