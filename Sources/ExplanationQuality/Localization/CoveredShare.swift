/// How much of the input the object covers.
enum CoveredShare {
  static let entry = Metric(
    id: "covered", title: "Covered share",
    summary: "the share of the input that the object covers, which energy has by chance",
    formula: "|S| / P", source: "", topic: .localization, direction: .none,
    caution: "The same for all maps.",
    procedure: .truth { _, region, _ in
      Measurement(region.count > 0 ? region.share : nil)
    })
}
