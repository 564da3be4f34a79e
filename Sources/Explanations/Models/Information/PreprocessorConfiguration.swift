/// How pictures are prepared for a network of the transformers library, as its
/// `preprocessor_config.json` says.
struct PreprocessorConfiguration {
  private let object: [String: Any]

  /// Takes the object in the file.
  init(_ object: [String: Any]) {
    self.object = object
  }

  /// What it says; values of another type than expected are passed over.
  var information: ModelInformation {
    var information = ModelInformation()
    guard object["image_mean"] != nil || object["size"] != nil || object["do_rescale"] != nil
    else { return information }
    information.color = "rgb"
    // A factor of 1/255 unless another is named; some networks take 1/127.5.
    let factor = isTrue("do_rescale") ? object["rescale_factor"] as? Double ?? 1 / 255 : 1
    let isNormalized = isTrue("do_normalize")
    let mean = isNormalized ? numbers("image_mean") ?? [0.5] : [0]
    let deviation = isNormalized ? numbers("image_std") ?? [0.5] : [1]
    information.isUnitRange = factor != 1
    // (255 factor x - mean) / deviation of x in 0…1, so both are divided by 255 factor.
    let unit = factor == 1 ? 1 : Float(255 * factor)
    information.mean = mean.map { $0 / unit }
    information.scale = deviation.map { $0 / unit }
    setSize(&information)
    let filters = [0: "nearest", 2: "bilinear", 3: "bicubic"]
    information.interpolation = (object["resample"] as? Int).flatMap { filters[$0] }
    return information
  }

  private func setSize(_ information: inout ModelInformation) {
    guard isTrue("do_resize") else { return }
    let size = object["size"]
    let sides = size as? [String: Any]
    let edge = (sides?["shortest_edge"] as? Int) ?? (size as? Int)
    if isTrue("do_center_crop", otherwise: object["crop_size"] != nil) {
      let crop = side(object["crop_size"])
      information.resizeShortSide = edge ?? side(size)
      information.centerCrop = crop
      information.inputSize = crop.map { [$0, $0] }
    } else if let edge, let share = object["crop_pct"] as? Double, share > 0.1, edge < 384 {
      // ConvNeXt: the short side grows by this share before the middle is cut out.
      information.resizeShortSide = Int(Double(edge) / share)
      information.centerCrop = edge
      information.inputSize = [edge, edge]
    } else if let height = sides?["height"] as? Int, let width = sides?["width"] as? Int {
      information.inputSize = [height, width]
    }
  }

  /// The side of a square that is given as a number or by its height.
  private func side(_ value: Any?) -> Int? {
    (value as? Int) ?? (value as? [String: Any])?["height"] as? Int
  }

  private func isTrue(_ key: String, otherwise standard: Bool = true) -> Bool {
    object[key] as? Bool ?? standard
  }

  private func numbers(_ key: String) -> [Float]? {
    (object[key] as? [Double]).map { $0.map { Float($0) } }
  }
}
