import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// The filters of relevance that the methods of a plan ask for.
struct ChannelFilters {
  /// The filters by what methods say.
  let filters: [RelevanceRoute: RelevanceFilter]

  /// Adds the factors of channels to the graph of a plan.
  ///
  /// - Parameters:
  ///   - plan: What is explained.
  ///   - network: The network.
  ///   - values: Its values in the graph.
  /// - Throws: `ExplanationError` where a layer does not have a channel.
  init(_ plan: ExplanationPlan, _ network: Network, _ values: [Value]) throws {
    var filters: [RelevanceRoute: RelevanceFilter] = [:]
    for (route, layer) in plan.routed.sorted(by: { $0.key.text < $1.key.text }) {
      guard case .channels(let channels, _) = route else { continue }
      let layout = try Self.layout(of: layer, network)
      guard let last = channels.last, last < layout.channelCount else {
        throw ExplanationError(
          .invalidSetting,
          "layer \(layer.name) has channels 0 to \(layout.channelCount - 1), not \(channels.last ?? 0)"
        )
      }
      let value = values[try network.value(of: layer).index]
      let factors = value.builder.constant(layout.factors(of: Set(channels)))
      filters[route] = RelevanceFilter(value, factors: factors)
    }
    self.filters = filters
  }

  /// What the axes of a layer are of the first input that tells.
  private static func layout(of layer: Layer, _ network: Network) throws -> AxisLayout {
    for input in network.parts.inputs.indices {
      if let layout = try network.layouts(of: [layer], over: input)[0] { return layout }
    }
    throw ExplanationError(
      .unknownLayer, "the numbers of layer \(layer.name) are in no channels that could be chosen")
  }
}

extension AxisLayout {
  /// 1 for the numbers of some channels and 0 for those of others, to be broadcast to a value that is
  /// laid out like this.
  func factors(of channels: Set<Int>) -> Tensor {
    let shape = Shape(axes.map { axis in axis.hasFeatures ? axis.extent : 1 })
    let strides = shape.strides
    return Tensor(
      shape: shape,
      elements: (0..<shape.elementCount).map { element in
        channels.contains(
          axes.enumerated().reduce(0) { channel, axis in
            let index = element / strides[axis.offset] % shape[axis.offset] - axis.element.start
            return axis.element.channel(at: index, after: channel)
          }) ? 1 : 0
      })
  }
}

extension AxisLayout.Axis {
  fileprivate var hasFeatures: Bool { factors.contains { $0.role == .feature } }

  /// The number of a channel, whose higher digits are known, with those that an index along the axis tells.
  fileprivate func channel(at index: Int, after higher: Int) -> Int {
    guard hasFeatures, inside.contains(index + start) else { return higher }
    var (below, channel) = (factors.indexCount, higher)
    for factor in factors {
      below /= factor.extent
      guard factor.role == .feature else { continue }
      channel = channel * factor.extent + index / below % factor.extent
    }
    return channel
  }
}
