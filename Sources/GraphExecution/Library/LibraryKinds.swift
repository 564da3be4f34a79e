import CDNNL

/// Functions of one variable that exist in every version of the library; α and β are parameters.
enum ElementwiseKind: Hashable, Sendable {
  /// `x` where positive, `αx` elsewhere.
  case rectify
  case tanh
  /// `x` where positive, `α(eˣ − 1)` elsewhere.
  case exponentialLinear
  case square
  case absolute
  case squareRoot
  /// `αx + β`.
  case linear
  /// `ln(1 + eˣ)`; give α = 1.
  case softplus
  case logistic
  case exponential
  /// Gaussian error linear unit through tanh.
  case geluTanh
  /// Gaussian error linear unit through the error function.
  case geluErf
  /// `x · logistic(αx)`.
  case swish
  case logarithm
  /// Between α and β.
  case clip
  /// `α·x^β`.
  case power
  /// To the nearest whole number, ties to even.
  case round

  var libraryKind: dnnl_alg_kind_t {
    switch self {
    case .rectify: dnnl_eltwise_relu
    case .tanh: dnnl_eltwise_tanh
    case .exponentialLinear: dnnl_eltwise_elu
    case .square: dnnl_eltwise_square
    case .absolute: dnnl_eltwise_abs
    case .squareRoot: dnnl_eltwise_sqrt
    case .linear: dnnl_eltwise_linear
    case .softplus: dnnl_eltwise_soft_relu
    case .logistic: dnnl_eltwise_logistic
    case .exponential: dnnl_eltwise_exp
    case .geluTanh: dnnl_eltwise_gelu_tanh
    case .geluErf: dnnl_eltwise_gelu_erf
    case .swish: dnnl_eltwise_swish
    case .logarithm: dnnl_eltwise_log
    case .clip: dnnl_eltwise_clip_v2
    case .power: dnnl_eltwise_pow
    case .round: dnnl_eltwise_round
    }
  }
}

/// Where a rectifier passes gradients: where its result is above one number and below another.
struct RectifierBounds: Hashable, Sendable {
  /// Below, and at, this nothing is passed; 0 where there is no upper bound.
  let lower: Float

  /// From this on nothing is passed.
  var upper: Float?

  /// The function that knows its slope from its result.
  var libraryKind: dnnl_alg_kind_t {
    upper == nil ? dnnl_eltwise_relu_use_dst_for_bwd : dnnl_eltwise_clip_v2_use_dst_for_bwd
  }
}

/// Functions of two variables; comparisons give 1 or 0.
enum BinaryKind: Hashable, Sendable {
  case add
  case subtract
  case multiply
  case divide
  case maximum
  case minimum
  case greaterOrEqual
  case greater
  case lessOrEqual
  case less
  case equal
  case notEqual

  var libraryKind: dnnl_alg_kind_t {
    switch self {
    case .add: dnnl_binary_add
    case .subtract: dnnl_binary_sub
    case .multiply: dnnl_binary_mul
    case .divide: dnnl_binary_div
    case .maximum: dnnl_binary_max
    case .minimum: dnnl_binary_min
    case .greaterOrEqual: dnnl_binary_ge
    case .greater: dnnl_binary_gt
    case .lessOrEqual: dnnl_binary_le
    case .less: dnnl_binary_lt
    case .equal: dnnl_binary_eq
    case .notEqual: dnnl_binary_ne
    }
  }
}

/// Ways to reduce the axes whose extent in the destination is 1.
enum ReductionKind: Hashable, Sendable {
  case sum
  case mean
  case maximum
  case minimum
  case product

  var libraryKind: dnnl_alg_kind_t {
    switch self {
    case .sum: dnnl_reduction_sum
    case .mean: dnnl_reduction_mean
    case .maximum: dnnl_reduction_max
    case .minimum: dnnl_reduction_min
    case .product: dnnl_reduction_mul
    }
  }
}

/// Ways to pool a window.
enum PoolingKind: Hashable, Sendable {
  case maximum
  case averageIncludingPadding
  case averageExcludingPadding

  var libraryKind: dnnl_alg_kind_t {
    switch self {
    case .maximum: dnnl_pooling_max
    case .averageIncludingPadding: dnnl_pooling_avg_include_padding
    case .averageExcludingPadding: dnnl_pooling_avg_exclude_padding
    }
  }
}
