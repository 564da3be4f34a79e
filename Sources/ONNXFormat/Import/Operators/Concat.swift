import TensorCore

extension ImportFamily {
  /// Values joined along an axis.
  static let concat = ImportFamily(
    "Concat",
    [
      ImportEntry("Concat", "values joined along one axis") { (site) throws(ONNXError) in
        let inputs = try site.allInputs()
        let axis = try site.attributes.integer("axis", default: 1)
        return [
          try site.concatenated(inputs, axis: try site.axis(axis, rank: inputs[0].shape.rank))
        ]
      }
    ])
}
