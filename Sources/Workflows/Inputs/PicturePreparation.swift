import Explanations
import ImageData
import TensorCore

/// Turns pictures into inputs of a network with two axes of positions.
struct PicturePreparation: InputPreparation {
  let notes: [String]
  private let preprocessing: ImagePreprocessing

  /// Takes what is known about the network and assumes the rest.
  init(_ model: Model) throws(WorkflowError) {
    let information = model.information
    let shape = model.inputShape
    var notes: [String] = []
    let order = try Self.channelOrder(information.color, channels: shape[0])
    var settings = ImagePreprocessing(
      width: shape[2], height: shape[1], shortSide: information.resizeShortSide,
      channelOrder: order, mean: information.mean ?? [0], scale: information.scale ?? [1])
    if let name = information.interpolation {
      guard let interpolation = Interpolation(rawValue: name.lowercased()) else {
        throw WorkflowError(
          .invalidSetting, "interpolation \"\(name)\" is not bicubic, bilinear or nearest")
      }
      settings.interpolation = interpolation
    }
    Self.setRange(information, &settings, &notes)
    if information.resizeShortSide == nil {
      notes.append(
        "pictures of another size are resized to \(shape[2])×\(shape[1]) without keeping their "
          + "proportions (the model names no size for the short side)")
    }
    preprocessing = settings
    self.notes = notes
  }

  private static func setRange(
    _ information: ModelInformation, _ settings: inout ImagePreprocessing, _ notes: inout [String]
  ) {
    if let isUnitRange = information.isUnitRange {
      settings.valueRange = isUnitRange ? .zeroToOne : .zeroTo255
      return
    }
    guard information.mean == nil, information.scale == nil else {
      let largest = (settings.mean + settings.scale).map(abs).max() ?? 1
      settings.valueRange = largest <= 1 ? .zeroToOne : .zeroTo255
      if largest <= 1 { notes.append("pixels are taken as 0…1 (mean and scale are at most 1)") }
      return
    }
    settings.valueRange = .zeroToOne
    if settings.channelOrder == .gray {
      notes.append(
        "nothing is known about preprocessing: pixels are gray, 0…1; set --mean, --scale and "
          + "--value-range if the network wants others")
      return
    }
    settings.mean = [0.485, 0.456, 0.406]
    settings.scale = [0.229, 0.224, 0.225]
    if settings.channelOrder == .bgr {
      settings.mean.reverse()
      settings.scale.reverse()
    }
    notes.append(
      "nothing is known about preprocessing: pixels are 0…1 with the mean and deviation of "
        + "ImageNet; set --mean, --scale and --value-range if the network wants others")
  }

  private static func channelOrder(
    _ color: String?, channels: Int
  ) throws(WorkflowError) -> ImagePreprocessing.ChannelOrder {
    guard channels == 1 || channels == 3 else {
      throw WorkflowError(
        .unsuitableInput, "the network takes \(channels) channels; pictures have 1 or 3")
    }
    let orders: [String: ImagePreprocessing.ChannelOrder] = [
      "rgb": .rgb, "bgr": .bgr, "gray": .gray, "grey": .gray,
    ]
    guard let color else { return channels == 1 ? .gray : .rgb }
    guard let order = orders[color.lowercased()] else {
      throw WorkflowError(.invalidSetting, "color order \"\(color)\" is not rgb, bgr or gray")
    }
    guard order.channelCount == channels else {
      throw WorkflowError(
        .invalidSetting, "color order \(color) does not fit a network of \(channels) channels")
    }
    return order
  }

  func inputs(in path: String, note: (String) -> Void) throws -> [PreparedInput] {
    let file = try PictureFile(reading: path)
    for text in file.notes { note(text) }
    let picture = try file.picture()
    let prepared: PreparedPicture
    do {
      prepared = try preprocessing.prepare(picture)
    } catch {
      throw WorkflowError(.unsuitableInput, "\(path): \(error)")
    }
    return [
      PreparedInput(
        path: path, row: nil, tensor: prepared.input, display: .picture(prepared.picture))
    ]
  }
}
