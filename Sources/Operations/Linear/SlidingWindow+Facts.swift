extension SlidingWindow {
  /// How far the taps of a kernel lie apart along an axis.
  func reach(_ axis: Int, kernel: [Int]) -> Double {
    Double((kernel[axis] - 1) * dilations[axis])
  }

  /// What a placement sees along an axis of positions.
  func axis(_ axis: Int, kernel: [Int], isEven: Bool = false) -> AxisWindow {
    let reach = reach(axis, kernel: kernel)
    return AxisWindow(
      step: Double(strides[axis]), offset: reach / 2 - Double(paddingBefore[axis]), reach: reach,
      tapCount: kernel[axis], isEven: isEven || kernel[axis] == 1)
  }

  /// By which placements a position is seen along an axis.
  func adjointAxis(_ axis: Int, kernel: [Int], isEven: Bool = false) -> AxisWindow {
    let step = Double(strides[axis])
    let reach = reach(axis, kernel: kernel)
    return AxisWindow(
      step: 1 / step, offset: (Double(paddingBefore[axis]) - reach / 2) / step,
      reach: reach / step, tapCount: min(kernel[axis], Int(reach / step) + 1),
      isEven: isEven || kernel[axis] == 1)
  }
}
