import Explanations
import Foundation
import ImageData
import SpectralData
import TensorCore

/// Turns files of arrays into inputs of a network, as they are.
struct ArrayPreparation: Sendable {
  private let input: NetworkInput
  private let view: ArrayView

  /// Prepares for an input; `channels` are those that pictures show, from 1.
  ///
  /// - Throws: `WorkflowError` when there are no such channels.
  init(_ input: NetworkInput, channels: [Int]?) throws(WorkflowError) {
    self.input = input
    view = try ArrayView(input, channels: channels)
  }

  /// The samples in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - note: Told which layout was taken where several fit.
  /// - Returns: At least one input.
  /// - Throws: An error that names the file when it cannot be used.
  func inputs(in path: String, note: (String) -> Void) throws -> [PreparedInput] {
    do {
      let array = try ArrayFile(path).array(for: input)
      return try inputs(ArrayFitting(input: input).samples(array, note: note), path: path)
    } catch let error as WorkflowError {
      throw WorkflowError(error.code, "\(path): \(error)")
    } catch {
      throw WorkflowError(.unsuitableInput, "\(path): \(error)")
    }
  }

  /// The input that a picture file of many bands is, in the units of the file.
  ///
  /// - Throws: An error that names the file when it has other bands or another size.
  func inputs(inRaster path: String, note: (String) -> Void) throws -> [PreparedInput] {
    let raster = try PictureFile(reading: path).raster
    guard raster.samples.shape == input.shape else {
      throw WorkflowError(
        .unsuitableInput,
        "\(path): \(raster.samples.shape) samples do not fit input \(input); bands are neither "
          + "chosen nor resized")
    }
    return try inputs([raster.samples], path: path)
  }

  /// Samples with what figures show of them.
  func inputs(_ samples: [Tensor], path: String) throws -> [PreparedInput] {
    try samples.enumerated().map { index, sample in
      PreparedInput(
        path: path, row: samples.count > 1 ? index : nil, tensor: sample,
        display: try view.display(sample), shownPart: view.shownPart(sample))
    }
  }
}

/// A file of one array or of several with names.
struct ArrayFile {
  /// The names of the arrays; empty where the only one has none.
  let names: [String]

  private let array: @Sendable (String) throws -> Tensor

  /// Opens a file by the end of its name.
  ///
  /// - Throws: `TensorError` when it cannot be read.
  init(_ path: String) throws {
    let url = URL(fileURLWithPath: path)
    if path.lowercased().hasSuffix(".npz") {
      let archive = try NPZArchive(contentsOf: url)
      names = archive.names
      array = { try archive[$0] }
    } else {
      let file = try NPYFile(contentsOf: url)
      guard file.texts == nil else {
        throw WorkflowError(.unsuitableInput, "the array holds texts, not numbers")
      }
      names = []
      array = { _ in file.tensor }
    }
  }

  /// The array for an input: the only one, or the one with its name or called `input` or `x`.
  ///
  /// - Throws: `WorkflowError` with the names that there are; `TensorError` when it is damaged.
  func array(for input: NetworkInput) throws -> Tensor {
    if names.count < 2 { return try array(names.first ?? "") }
    let wanted = [input.name, "input", "x", "X", "data"]
    guard let name = wanted.first(where: names.contains) else {
      throw WorkflowError(
        .unsuitableInput,
        "none of its arrays (\(names.joined(separator: ", "))) is called \(input.name) or input")
    }
    return try array(name)
  }

  /// Whether there is an array for each of several inputs.
  func holds(_ inputs: [NetworkInput]) -> Bool {
    inputs.allSatisfy { names.contains($0.name) }
  }
}
