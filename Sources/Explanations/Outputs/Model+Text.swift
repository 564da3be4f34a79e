import TensorCore

extension Model {
  /// The symbol that stands for nothing: as the file or a user says, else by its label, else the first.
  var blank: Int { information.blankIndex ?? 0 }

  /// Whether the output is read as text: scores of symbols at steps, with a symbol for nothing.
  public var isText: Bool {
    output.positions.count == 1 && scoreCount > 1
      && (information.blankIndex != nil || output.head.layout.samples != 0)
  }

  /// The symbols of the text that scores stand for, along their best path: of every step the best
  /// symbol, repeated ones once and those that stand for nothing left out.
  ///
  /// - Parameter scores: The raw scores of a sample, for each symbol all of its steps.
  /// - Returns: The indices of symbols.
  public func symbols(_ scores: [Float]) -> [Int] {
    var symbols: [Int] = []
    var last = blank
    for symbol in PositionedScores(scores, self).winners {
      if symbol != last, symbol != blank { symbols.append(symbol) }
      last = symbol
    }
    return symbols
  }

  /// The text that scores stand for: labels of symbols, or their indices where there are no labels.
  ///
  /// - Parameter scores: The raw scores of a sample, for each symbol all of its steps.
  /// - Returns: The text; nil where the output is none.
  public func text(_ scores: [Float]) -> String? {
    guard isText else { return nil }
    let labels = information.labels
    let texts = symbols(scores).map { labels?[$0] ?? "\($0)" }
    return texts.joined(separator: labels == nil ? " " : "")
  }
}

extension ModelInformation {
  /// What the symbol for nothing is called.
  private static let blankLabels = ["<blank>", "[blank]", "blank", "<blk>", "[CTCblank]"]

  /// The symbol that stands for nothing, where something says so.
  var blankIndex: Int? {
    blank ?? labels?.firstIndex { Self.blankLabels.contains($0) }
  }

  /// The information with a label for the symbol that stands for nothing, where the labels are those
  /// of all others.
  func naming(symbolsOf output: NetworkOutput) -> ModelInformation {
    guard output.positions.count == 1, let count = labels?.count, count + 1 == output.classCount
    else { return self }
    var information = self
    let index = min(max(blank ?? 0, 0), count)
    information.labels?.insert("<blank>", at: index)
    information.blank = index
    return information
  }
}
