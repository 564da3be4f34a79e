/// How relevance passes the mean that a layer or instance normalization subtracts.
///
/// The deviation that it divides by is a constant in any case (Achtibat et al. 2024, AttnLRP, arXiv
/// 2402.05602, proposition 3.4).
public enum NormalizationHandling: String, CaseIterable, Codable, Hashable, Sendable {
  /// It is a summand like others, so that every number that it is made of gets its share: relevance stays in
  /// proportion to what is divided next.
  case linear
  /// It is a constant: all relevance stays where it is, also at numbers near to zero.
  case identity
}
