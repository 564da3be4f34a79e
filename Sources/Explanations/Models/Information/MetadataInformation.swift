import Foundation

/// What exporters other than this software write into the metadata of a file.
enum MetadataInformation {
  /// Everything that is known from the metadata, the exporter's own conventions last.
  static func information(_ metadata: [String: String]) -> ModelInformation {
    labels(metadata)
      .replaced(by: pretrainedConfiguration(metadata))
      .replaced(by: ultralytics(metadata))
      .replaced(by: paddle(metadata))
  }

  /// Lists of labels under the keys that are in use.
  private static func labels(_ metadata: [String: String]) -> ModelInformation {
    for key in ["labels", "classes", "class_names", "names", "id2label", "label_names"] {
      guard let text = metadata[key], let labels = PythonLiteral.labels(text) else { continue }
      var information = ModelInformation()
      information.labels = labels
      return information.attributed(to: .metadata(key))
    }
    return ModelInformation()
  }

  /// timm: the pretrained configuration as one object, or its entries one by one.
  private static func pretrainedConfiguration(_ metadata: [String: String]) -> ModelInformation {
    for key in ["pretrained_cfg", "data_config"] {
      guard let text = metadata[key],
        let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      else { continue }
      return PretrainedConfiguration(object).information.attributed(to: .metadata(key))
    }
    guard let mean = metadata["mean"].flatMap(PythonLiteral.numbers),
      let deviation = metadata["std"].flatMap(PythonLiteral.numbers)
    else { return ModelInformation() }
    var object: [String: Any] = ["mean": mean, "std": deviation]
    object["input_size"] = metadata["input_size"].flatMap(PythonLiteral.numbers)
    object["crop_pct"] = metadata["crop_pct"].flatMap(PythonLiteral.numbers)?.first
    object["interpolation"] = metadata["interpolation"]
    return PretrainedConfiguration(object).information.attributed(to: .metadata("mean"))
  }

  /// Ultralytics: names by number, the size of pictures, and what the network is for.
  ///
  /// Pictures are RGB in 0…1; those of classifiers are cut out of the middle, others keep their
  /// proportions and are filled up with gray.
  private static func ultralytics(_ metadata: [String: String]) -> ModelInformation {
    let isSigned = ["author", "description"].contains {
      metadata[$0]?.hasPrefix("Ultralytics") == true
    }
    guard isSigned || (metadata["stride"] != nil && metadata["names"] != nil) else {
      return ModelInformation()
    }
    var information = ModelInformation()
    information.color = "rgb"
    information.isUnitRange = true
    information.mean = [0]
    information.scale = [1]
    information.interpolation = "bilinear"
    let size = (metadata["imgsz"].flatMap(PythonLiteral.numbers) ?? []).map { Int($0) }
    if size.count == 2, size.allSatisfy({ (1...65_536).contains($0) }) {
      information.inputSize = size
      if metadata["task"] == "classify" { information.resizeShortSide = size.min() }
    }
    if metadata["task"] != "classify" {
      information.padding = 114
      information.detectorBoxCount = 4
    }
    return information.attributed(to: .metadata("imgsz"))
  }

  /// Readers of text that were made with Paddle: the characters, behind the blank and before a space.
  private static func paddle(_ metadata: [String: String]) -> ModelInformation {
    guard let text = metadata["character"] else { return ModelInformation() }
    var information = ModelInformation()
    var characters = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if characters.last?.isEmpty == true { characters.removeLast() }
    information.labels = ["blank"] + characters + [" "]
    return information.attributed(to: .metadata("character"))
  }
}
