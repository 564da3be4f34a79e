import GraphIR
import Operations
import TensorCore

/// What an ONNX value is while a model is imported.
indirect enum ImportedValue {
  /// Numbers known now: weights and shape arithmetic.
  case known(HostTensor)
  /// A value of the graph; integers and booleans are whole `Float` numbers there.
  case computed(Value, ElementType)
  /// Quantized integers, of which the graph holds the distance from their zero point, one number.
  case centered(Value, zero: ImportedValue, ElementType)

  /// The shape.
  var shape: Shape {
    switch self {
    case .known(let tensor): tensor.shape
    case .computed(let value, _), .centered(let value, _, _): value.shape
    }
  }

  /// What the numbers are in ONNX.
  var type: ElementType {
    switch self {
    case .known(let tensor): tensor.type
    case .computed(_, let type), .centered(_, _, let type): type
    }
  }

  /// The numbers when they are known.
  var known: HostTensor? {
    if case .known(let tensor) = self { return tensor }
    return nil
  }

  /// The value of the graph that stands for this one; nil for numbers that are known.
  var computed: Value? {
    switch self {
    case .known: nil
    case .computed(let value, _), .centered(let value, _, _): value
    }
  }

  /// The numbers when they are known and few enough to fold.
  var foldable: HostTensor? {
    guard let known, known.count <= HostTensor.maximumFoldedCount else { return nil }
    return known
  }
}

/// Turns known numbers into constants of the graph when they are first needed there.
final class ConstantPool {
  /// The builder of the graph.
  let builder: GraphBuilder

  private var constants: [String: Value] = [:]

  init(_ builder: GraphBuilder) {
    self.builder = builder
  }

  /// The constant with the numbers of a tensor; made once per ONNX name.
  func constant(_ tensor: HostTensor) -> Value {
    if let name = tensor.name, let constant = constants[name] { return constant }
    let constant = builder.constant(tensor.tensor)
    if let name = tensor.name {
      constants[name] = constant
      builder.name(constant, name)
    }
    return constant
  }

  /// The value in the graph.
  func value(_ imported: ImportedValue) -> Value {
    switch imported {
    case .known(let tensor): constant(tensor)
    case .computed(let value, _): value
    case .centered(let value, let zero, _): value + self.value(zero)
    }
  }
}
