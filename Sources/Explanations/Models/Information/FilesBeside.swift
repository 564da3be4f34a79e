import Foundation

/// Files that others put beside a network: what a hub keeps of it, and lists of labels.
struct FilesBeside {
  /// The names that are looked for.
  static let names =
    labelNames + ["metadata.json", "config.json", "preprocessor_config.json", "inference.yml"]

  private static let labelNames = [
    "labels.txt", "classes.txt", "class_names.txt", "labels.json", "class_names.json",
    "class_indices.json", "imagenet_class_index.json",
  ]

  private let folders: [URL]

  /// Looks into the folder of a network, and above it where that is only called `onnx`.
  init(_ network: URL) {
    let folder = network.deletingLastPathComponent().standardizedFileURL
    folders =
      folder.lastPathComponent == "onnx" ? [folder, folder.deletingLastPathComponent()] : [folder]
  }

  /// Everything that is known from such files.
  var information: ModelInformation {
    labels
      .replaced(by: object("metadata.json").map(teachableMachine) ?? ModelInformation())
      .replaced(by: object("config.json").map(configuration) ?? ModelInformation())
      .replaced(by: object("preprocessor_config.json").map(preprocessor) ?? ModelInformation())
      .replaced(by: data("inference.yml").map(paddle) ?? ModelInformation())
  }

  /// Lists of labels under the names that Keras users give them.
  private var labels: ModelInformation {
    for name in Self.labelNames {
      guard let data = data(name), let labels = try? LabelList.labels(data, name: name) else {
        continue
      }
      var information = ModelInformation()
      information.labels = labels
      return information.attributed(to: .file(name))
    }
    return ModelInformation()
  }

  /// Teachable Machine: labels and the size of pictures, which it takes to -1…1.
  private func teachableMachine(_ object: [String: Any]) -> ModelInformation {
    guard object["tmVersion"] != nil || object["tfjsVersion"] != nil else {
      return ModelInformation()
    }
    var information = ModelInformation()
    information.labels = object["labels"] as? [String]
    information.preset = "tf"
    return information.attributed(to: .file("metadata.json"))
  }

  /// Transformers and timm: labels by number, and timm's way to prepare pictures.
  private func configuration(_ object: [String: Any]) -> ModelInformation {
    let pretrained = object["pretrained_cfg"] as? [String: Any]
    var information =
      pretrained.map { PretrainedConfiguration($0).information } ?? ModelInformation()
    let labels = [object["id2label"], object["label_names"]].compactMap(\.self)
    information.labels = labels.lazy.compactMap(LabelList.labels).first
    return information.attributed(to: .file("config.json"))
  }

  /// Transformers: how pictures are resized, cut and scaled.
  private func preprocessor(_ object: [String: Any]) -> ModelInformation {
    PreprocessorConfiguration(object).information.attributed(
      to: .file("preprocessor_config.json"))
  }

  /// PaddlePaddle: how pictures are prepared, and labels.
  private func paddle(_ data: Data) -> ModelInformation {
    PaddleConfiguration(data).information.attributed(to: .file("inference.yml"))
  }

  private func object(_ name: String) -> [String: Any]? {
    data(name).flatMap { try? JSONSerialization.jsonObject(with: $0) as? [String: Any] }
  }

  private func data(_ name: String) -> Data? {
    folders.lazy.compactMap { try? Data(contentsOf: $0.appending(path: name)) }.first
  }
}
