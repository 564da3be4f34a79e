/// Where explanations come from: what somebody needs to make them again.
public struct Provenance: Codable, Hashable, Sendable {
  /// Seconds that parts of a run took.
  public struct Timings: Codable, Hashable, Sendable {
    /// Reading the network.
    public var read: Double

    /// Building and compiling the graph of the explanations.
    public var compile: Double

    /// Running it, for one input of its batch.
    public var run: Double

    /// Creates timings.
    public init(read: Double = 0, compile: Double = 0, run: Double = 0) {
      self.read = read
      self.compile = compile
      self.run = run
    }
  }

  /// The path of the network's file as it was given.
  public var model: String

  /// The SHA-256 of that file.
  public var modelSHA256: String

  /// The version of this software.
  public var vitrineVersion: String

  /// The version of oneDNN.
  public var oneDNNVersion: String

  /// The seed of random numbers; nil for methods without any.
  public var seed: UInt64?

  /// The threads that kernels ran on.
  public var threads: Int

  /// The numbers that convolutions computed with.
  public var precision: String

  /// How long it took.
  public var timings: Timings

  /// Creates a provenance.
  ///
  /// - Parameters:
  ///   - model: The path of the network's file.
  ///   - modelSHA256: The SHA-256 of that file.
  ///   - oneDNNVersion: The version of oneDNN.
  ///   - seed: The seed of random numbers, if any were drawn.
  ///   - threads: The threads that kernels ran on.
  ///   - precision: The numbers that convolutions computed with.
  ///   - timings: How long it took.
  public init(
    model: String, modelSHA256: String, oneDNNVersion: String, seed: UInt64? = nil, threads: Int,
    precision: String, timings: Timings = Timings()
  ) {
    self.model = model
    self.modelSHA256 = modelSHA256
    vitrineVersion = VitrineVersion.text
    self.oneDNNVersion = oneDNNVersion
    self.seed = seed
    self.threads = threads
    self.precision = precision
    self.timings = timings
  }

  /// Encodes every entry; a missing seed is written as null.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(modelSHA256, forKey: .modelSHA256)
    try container.encode(vitrineVersion, forKey: .vitrineVersion)
    try container.encode(oneDNNVersion, forKey: .oneDNNVersion)
    try container.encode(seed, forKey: .seed)
    try container.encode(threads, forKey: .threads)
    try container.encode(precision, forKey: .precision)
    try container.encode(timings, forKey: .timings)
  }
}
