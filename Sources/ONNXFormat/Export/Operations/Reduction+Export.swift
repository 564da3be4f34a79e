import GraphIR
import Operations
import TensorCore

extension Reduction: SampleFreeForm {
  /// The operator of the function, keeping the axes.
  func export(_ site: ExportSite) -> ExportedValue {
    // To ONNX no axes are all axes.
    if axes.isEmpty { return site.inputs[0] }
    return switch function {
    case .sum:
      site.result("ReduceSum", [site.inputs[0], site.integers(axes)], .integer("keepdims", 1))
    case .maximum: reduced("ReduceMax", site)
    case .minimum: reduced("ReduceMin", site)
    case .product: reduced("ReduceProd", site)
    }
  }

  private func reduced(_ type: String, _ site: ExportSite) -> ExportedValue {
    // Since version 18 of the operator set the axes are an input, as those of sums are already.
    site.opset < 18
      ? site.result(type, site.inputs, .integers("axes", axes), .integer("keepdims", 1))
      : site.result(type, [site.inputs[0], site.integers(axes)], .integer("keepdims", 1))
  }
}

extension Softmax: SampleFreeForm {
  /// The operator of the same name.
  func export(_ site: ExportSite) -> ExportedValue {
    site.result("Softmax", site.inputs, .integer("axis", axis))
  }
}

extension LogSoftmax: SampleFreeForm {
  /// The operator of the same name.
  func export(_ site: ExportSite) -> ExportedValue {
    site.result("LogSoftmax", site.inputs, .integer("axis", axis))
  }
}
