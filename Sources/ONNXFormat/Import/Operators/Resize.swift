import Operations
import TensorCore

extension ImportFamily {
  /// Resampling onto another grid.
  static let resize = ImportFamily(
    "Resize",
    [
      ImportEntry(
        "Resize", opsets: 10...ImportCatalog.opsets.upperBound, "nearest or linear resampling",
        resize),
      ImportEntry(
        "Upsample", "resampling with the corners of both grids at the same place", upsample),
    ])

  private static func upsample(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let scales = try scaleFactors(site, input: 1)
    let plan = ResizePlan(
      coordinates: .asymmetric, interpolation: try interpolation(site, rounding: .floor))
    return [try site.resized(plan, scales: scales, sizes: nil)]
  }

  private static func resize(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let attributes = site.attributes
    if site.opset < 11 {
      let scales = try scaleFactors(site, input: 1)
      let plan = ResizePlan(
        coordinates: .asymmetric, interpolation: try interpolation(site, rounding: .floor))
      return [try site.resized(plan, scales: scales, sizes: nil)]
    }
    let mode = try attributes.text("coordinate_transformation_mode", default: "half_pixel")
    guard let coordinates = ResizeCoordinates(rawValue: mode) else {
      throw ONNXError(.outOfScope, "coordinates \"\(mode)\" are not supported")
    }
    let nearest = try attributes.text("nearest_mode", default: "round_prefer_floor")
    let roundings: [String: NearestRounding] = [
      "round_prefer_floor": .roundPreferringFloor, "round_prefer_ceil": .roundPreferringCeiling,
      "floor": .floor, "ceil": .ceiling,
    ]
    guard let rounding = roundings[nearest] else {
      throw ONNXError(.malformedFile, "nearest_mode \"\(nearest)\" is not known")
    }
    var plan = ResizePlan(
      coordinates: coordinates, interpolation: try interpolation(site, rounding: rounding),
      filter: try filter(site))
    if coordinates == .tfCropAndResize {
      plan.region = try site.known(1, "the region")?.doubles
      plan.outside = try attributes.float("extrapolation_value", default: 0)
    }
    let sizes = try site.integers(3, "the sizes").flatMap { $0.isEmpty ? nil : $0 }
    let scales = sizes == nil ? try scaleFactors(site, input: 2) : nil
    return [try site.resized(plan, scales: scales, sizes: sizes)]
  }

  private static func scaleFactors(
    _ site: ImportSite, input index: Int
  ) throws(ONNXError) -> [Double] {
    if let scales = try site.attributes.floats("scales") { return scales.map { Double($0) } }
    guard let scales = try site.known(index, "the scales"), scales.count > 0 else {
      throw ONNXError(.malformedFile, "neither scales nor sizes are given")
    }
    return scales.doubles
  }

  private static func interpolation(
    _ site: ImportSite, rounding: NearestRounding
  ) throws(ONNXError) -> Interpolation {
    let mode = try site.attributes.text("mode", default: "nearest")
    switch mode {
    case "nearest": return .nearest(rounding)
    case "linear", "bilinear", "cubic": return .linear
    default: throw ONNXError(.malformedFile, "mode \"\(mode)\" is not known")
    }
  }

  /// What reads more than two grid points: cubic curves, and lines where neighbors are averaged.
  private static func filter(_ site: ImportSite) throws(ONNXError) -> ResizeFilter? {
    let mode = try site.attributes.text("mode", default: "nearest")
    let isStretched = try site.attributes.flag("antialias", default: false)
    guard mode == "cubic" || (mode == "linear" && isStretched) else { return nil }
    let coefficient = try site.attributes.float("cubic_coeff_a", default: -0.75)
    return ResizeFilter(
      curve: mode == "cubic" ? .cubic(Double(coefficient)) : .linear, isStretched: isStretched,
      excludesOutside: try site.attributes.flag("exclude_outside", default: false))
  }
}
