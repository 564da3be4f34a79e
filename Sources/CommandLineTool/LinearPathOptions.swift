import ArgumentParser
import StudyEngine

/// What leads straight to a quantity beside the layers of a network.
struct LinearPathOptions: ParsableArguments {
  @Option(
    help: """
      Components of PLS that lead straight to a quantity, beside the network's layers: auto (as many \
      as serve best, found inside the training spectra), none, or a number.
      """)
  var linearPath = LinearPathOption(components: .searched(LinearPathSearch()))
}

/// Components of a linear path on the command line.
struct LinearPathOption: ExpressibleByArgument {
  /// The components.
  let components: LinearPathComponents

  init(components: LinearPathComponents) {
    self.components = components
  }

  init?(argument: String) {
    switch argument {
    case "auto": components = .searched(LinearPathSearch())
    case "none": components = .none
    default:
      guard let count = Int(argument), (1...1000).contains(count) else { return nil }
      components = .fixed(count)
    }
  }

  var defaultValueDescription: String { "auto" }
}
