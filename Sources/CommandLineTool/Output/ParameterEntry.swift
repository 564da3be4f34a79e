import Catalogs

/// A parameter of a method or metric as it is listed.
struct ParameterEntry: Encodable {
  let name: String
  let summary: String
  let standard: String?
  let usage: String

  init(_ parameter: any ParameterDescription) {
    name = parameter.name
    summary = parameter.summary
    standard = parameter.standardText
    usage = parameter.usage
  }
}
