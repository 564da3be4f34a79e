import Explanations
import GraphIR
import Operations
import TensorCore

/// A small network for pictures that gradients are compared with other libraries on.
///
/// Two colors of 4 × 4 pixels, two convolutions with rectifiers, the second with stride 2, and a linear layer with
/// three scores. Its weights are multiples of 1/16 that need no file.
enum GradientNetwork {
  /// The network; the layer `kept` is what the second rectifier gives, `[4, 2, 2]`.
  static func model() throws -> Model {
    try Model(name: "gradients") { samples in
      let builder = GraphBuilder()
      let weights = { (shape: Shape, step: Int) in
        let numbers = (0..<shape.elementCount).map { Float(($0 * step + 3) % 17 - 8) / 16 }
        return builder.constant(Tensor(shape: shape, elements: numbers))
      }
      let window = { (stride: Int) in
        SlidingWindow(
          rank: 2, strides: [stride, stride], paddingBefore: [1, 1], paddingAfter: [1, 1])
      }
      let input = builder.input("x", shape: [samples, 2, 4, 4])
      let first = input.convolved(
        with: weights([3, 2, 3, 3], 5), bias: weights([3], 7), Convolution(window: window(1))
      ).rectified
      let kept = first.convolved(
        with: weights([4, 3, 3, 3], 11), bias: weights([4], 4), Convolution(window: window(2))
      ).rectified
      builder.name(kept, "kept")
      builder.output(
        "scores",
        kept.reshaped(to: [samples, 16]).product(
          weights([3, 16], 6), bias: weights([3], 9), transposesRight: true))
      return try builder.finish()
    }
  }

  /// A picture.
  static let input = Tensor(
    shape: [2, 4, 4], elements: (0..<32).map { Float(($0 * 13 + 5) % 23 - 9) / 8 })

  /// Three pictures to compare it with.
  static let background = (0..<3).map { number in
    Tensor(
      shape: [2, 4, 4],
      elements: (0..<32).map { Float(($0 * 3 + number * 7) % 19 - 9) / 8 })
  }

  /// The maps of its third score by other libraries, summed over colors.
  ///
  /// Of captum 0.9.0 in double precision (torch 2.15.0): `GuidedBackprop`, `Deconvolution`,
  /// `GuidedGradCam` at the layer (bilinear), `NoiseTunnel` over signed `Saliency` with 5 samples, and
  /// `GradientShap` with 6. Their random numbers were replaced by those of `ChangedInputs` of seed 0,
  /// computed apart in Python: normal noise of 15 % of the range of the input, and of `GradientShap`
  /// the indices 1, 2, 1, 1, 2, 1 and the shares 0.878, 0.914….
  static let golden: [String: [Double]] = [
    "guided-backpropagation": [
      -0.3891602, 0.08520508, 0.1889648, -0.0078125, -0.1252441, -0.1159668, 0.3227539,
      -0.03417969, 0.06152344, -0.1088867, 0.2058105, -0.03173828, 0.0, -0.09765625, 0.0,
      0.09765625,
    ],
    "deconvnet": [
      -0.2727051, -0.02368164, 0.1252441, -0.2592773, 0.1252441, 0.03613281, 0.3942871,
      -0.4431152, 0.284668, -0.1887207, 0.3730469, -0.3625488, 0.111084, -0.08813477, 0.3847656,
      -0.1203613,
    ],
    "guided-grad-cam": [
      -0.01795982, 0.002949174, 0.002180192, 0.0, -0.004798229, -0.003332103, 0.003091257, 0.0,
      0.001392435, -0.001848292, 0.001164507, 0.0, 0.0, -0.001083501, 0.0, 0.0,
    ],
    "smooth-grad": [
      -0.2015625, -0.1274414, 0.2152344, 0.02099609, -0.06972656, -0.0652832, 0.1821777,
      0.05483398, 0.1269043, 0.04941406, 0.04394531, -0.08017578, 0.03237305, -0.2089355,
      0.02509766, -0.02021484,
    ],
    "square-grad": [
      0.04195638, 0.0396368, 0.05238969, 0.02356641, 0.0418828, 0.03142356, 0.07105609,
      0.03760406, 0.03587347, 0.01588731, 0.01446731, 0.007313633, 0.004088295, 0.0317607,
      0.0065907, 0.002403498,
    ],
    "var-grad": [
      0.02053025, 0.03151597, 0.02745246, 0.02327268, 0.01501068, 0.02756166, 0.02528787,
      0.03018846, 0.01128009, 0.01296124, 0.005041556, 0.0039993, 0.001284184, 0.005831652,
      0.003636289, 0.001604996,
    ],
    "gradient-shap": [
      0.0908254, -0.4694621, -0.1319733, 0.07205709, -0.2340291, 0.07897949, 0.1276398,
      -0.1960246, 0.2305654, 0.04992676, 0.03457133, -0.09658813, -0.0251414, 0.01334127,
      -0.03775024, 0.01702881,
    ],
  ]

  /// The weights of Smooth Grad-CAM++ at the layer for its third score, 5 samples of the same noise.
  ///
  /// By `SmoothGradCAMpp` of torch-cam 0.5.0, which then sums the activations of the last noisy input,
  /// and by the formula of means in torch.
  static let goldenWeights: [String: [Double]] = [
    "torch-cam": [0.1768172, 0.4961095, 0.08934459, 0.3203598],
    "mean": [0.2008599, 0.5028473, 0.08022144, 0.2220875],
  ]
}
