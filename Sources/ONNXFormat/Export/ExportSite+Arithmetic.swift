import ONNXSchema
import TensorCore

extension ExportSite {
  /// Whether each number is not zero.
  func truth(_ value: ExportedValue) -> ExportedValue {
    cast(value, to: .bool)
  }

  /// Truth values as 0 and 1.
  func numbers(_ value: ExportedValue) -> ExportedValue {
    cast(value, to: .float)
  }

  private func cast(_ value: ExportedValue, to type: Onnx_TensorProto.DataType) -> ExportedValue {
    emit("Cast", [value], shape: value.shape, .integer("to", type.rawValue))
  }

  /// The product with a constant that broadcasts to the value.
  func scaled(_ value: ExportedValue, by factors: Tensor) -> ExportedValue {
    emit("Mul", [value, constant(factors)], shape: value.shape)
  }
}
