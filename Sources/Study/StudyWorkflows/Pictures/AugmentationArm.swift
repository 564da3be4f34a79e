import Explanations
package import PictureTraining
import Workflows

/// One way to train in a trial of augmentations.
package struct AugmentationArm: Sendable {
  /// The name in tables.
  package let id: String

  /// What changes every second view; nil for plain views only.
  package let augmentation: GuidedAugmentation?

  /// The method that makes the maps.
  package let method: String

  /// Reads an arm.
  ///
  /// - Parameter text: `plain`, or a change and a method with a colon between, and perhaps another place
  ///   behind a second colon: `hide:cf-cam`, `hide:cf-cam:moved`.
  /// - Throws: `WorkflowError` naming what there is.
  package init(_ text: String) throws {
    id = text
    guard text != "plain" else {
      (augmentation, method) = (nil, "")
      return
    }
    let parts = text.split(separator: ":").map(String.init)
    guard (1...3).contains(parts.count),
      let change = GuidedAugmentation.Change(rawValue: parts[0]),
      let place = GuidedAugmentation.Place(rawValue: parts.count > 2 ? parts[2] : "own")
    else {
      let changes = GuidedAugmentation.Change.allCases.map(\.rawValue).joined(separator: ", ")
      let places = GuidedAugmentation.Place.allCases.map(\.rawValue).joined(separator: ", ")
      throw WorkflowError(
        .invalidSetting,
        "\"\(text)\" is no arm; there are plain, and CHANGE:METHOD or CHANGE:METHOD:PLACE with the "
          + "changes \(changes) and the places \(places)")
    }
    augmentation = GuidedAugmentation(change, place)
    method = parts.count > 1 ? parts[1] : "cf-cam"
    _ = try ChosenMethod(method)
  }

  /// Plain views, three ways to use maps, another method, and three controls that know nothing of the
  /// evidence in a picture.
  package static let standard = [
    "plain", "hide:cf-cam", "keep:cf-cam", "crop:cf-cam", "hide:grad-cam", "hide:cf-cam:moved",
    "hide:cf-cam:centered", "hide:cf-cam:other",
  ]
}
