/// How pictures are prepared for a network of timm, as its `pretrained_cfg` says.
struct PretrainedConfiguration {
  private let object: [String: Any]

  /// Takes the object under `pretrained_cfg` in a `config.json`.
  init(_ object: [String: Any]) {
    self.object = object
  }

  /// What it says; values of another type than expected are passed over.
  var information: ModelInformation {
    var information = ModelInformation()
    information.mean = numbers("mean")
    information.scale = numbers("std")
    information.isUnitRange = information.mean == nil ? nil : true
    information.color = information.mean == nil ? nil : "rgb"
    information.interpolation = object["interpolation"] as? String
    let size = (numbers("input_size") ?? []).map { Int($0) }
    guard size.count == 3, size.allSatisfy({ (1...65_536).contains($0) }) else {
      return information
    }
    information.inputSize = Array(size.dropFirst())
    let share = numbers("crop_pct")?.first ?? 1
    // timm rounds down.
    if share > 0.1, share <= 1, size[1] == size[2] {
      information.resizeShortSide = Int(Float(size[1]) / share)
      information.centerCrop = size[1]
    }
    return information
  }

  private func numbers(_ key: String) -> [Float]? {
    if let list = object[key] as? [Double] { return list.map { Float($0) } }
    return (object[key] as? Double).map { [Float($0)] }
  }
}
