import Foundation

/// Settings that change all numbers of an evaluation: those of two runs with different ones stand beside
/// each other in a store and are never mixed.
package struct RunIdentity: Codable, Hashable, Sendable {
  /// The name of the network's file, for people.
  package var model: String

  /// The SHA-256 of its bytes.
  package var modelDigest: String

  /// The output and the form of the scores that are explained.
  package var output: String
  package var form: String

  /// What of the network's answer is followed.
  package var scale: FollowedScore

  /// How maps are brought to the input.
  package var upsampling: String

  /// What convolutions compute with.
  package var precision: String

  /// What inputs are compared with: a digest of it.
  package var background: String

  /// The length of intervals of an axis that are hidden as a whole, in positions.
  package var bandWidth: Int?

  /// Where random numbers start.
  package var seed: UInt64

  /// Describes a run.
  package init(
    model: String, modelDigest: String, output: String, form: String, scale: FollowedScore,
    upsampling: String, precision: String, background: String, bandWidth: Int?, seed: UInt64
  ) {
    self.model = model
    self.modelDigest = modelDigest
    self.output = output
    self.form = form
    self.scale = scale
    self.upsampling = upsampling
    self.precision = precision
    self.background = background
    self.bandWidth = bandWidth
    self.seed = seed
  }

  /// The settings as text that is the same for equal ones; the name of the file is not part of it.
  func key() throws -> String {
    var copy = self
    copy.model = ""
    return try copy.json()
  }

  /// The settings as JSON.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension MapKey {
  /// The key as text that is the same for equal ones.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(MapKey.self, from: Data(json.utf8))
  }
}
