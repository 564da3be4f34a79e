package import ImageData
import NetworkTraining

/// Pictures with what each shows.
package struct LabeledPictures: Sendable {
  /// The names of the classes, in order.
  package let labels: [String]

  /// The class of every picture.
  package let classes: [Int]

  /// Reads a picture.
  package let picture: @Sendable (Int) throws -> Picture

  /// Describes pictures.
  ///
  /// - Parameters:
  ///   - labels: The names of the classes.
  ///   - classes: The class of every picture.
  ///   - picture: Reads the picture with an index.
  package init(
    labels: [String], classes: [Int], picture: @escaping @Sendable (Int) throws -> Picture
  ) {
    self.labels = labels
    self.classes = classes
    self.picture = picture
  }

  /// How many pictures there are.
  package var count: Int { classes.count }

  /// What is to be learned of some of them.
  func targets(_ indices: [Int]) -> LearningTargets {
    .classes(indices.map { classes[$0] }, count: labels.count)
  }
}
