/// The machine and the versions a run was made with: `environment.json`.
public struct EnvironmentRecord: VersionedJSON, Equatable {
  /// Version of Steelyard.
  public var steelyard: String
  /// Git revision of the folder that the run was started in, where that is the top of a working
  /// tree.
  public var revision: String?
  /// Version of libtorch.
  public var libtorch: String
  /// Version of TurboJPEG.
  public var turboJPEG: String
  /// Version of libvips.
  public var vips: String
  /// Name and version of the operating system.
  public var system: String
  /// The processor, as the system names it.
  public var processor: String
  /// Widest instruction set the engine uses.
  public var instructions: String
  /// Cores the system offers.
  public var cores: Int
  /// Threads an operation may use.
  public var threads: Int
  /// Where the run computed.
  public var device: String
  /// Element type of matrix products.
  public var precision: String
  /// Seed of all randomness.
  public var seed: UInt64

  /// A record of its parts.
  public init(
    steelyard: String, revision: String?, libtorch: String, turboJPEG: String, vips: String,
    system: String, processor: String, instructions: String, cores: Int, threads: Int,
    device: String, precision: String, seed: UInt64
  ) {
    (self.steelyard, self.revision, self.libtorch) = (steelyard, revision, libtorch)
    (self.turboJPEG, self.vips, self.system) = (turboJPEG, vips, system)
    (self.processor, self.instructions) = (processor, instructions)
    (self.cores, self.threads, self.device) = (cores, threads, device)
    (self.precision, self.seed) = (precision, seed)
  }

  /// What is known, by the names of the file, in alphabetical order.
  public var facts: [(name: String, value: String)] {
    let all: [(String, String?)] = [
      ("cores", "\(cores)"), ("device", device), ("instructions", instructions),
      ("libtorch", libtorch), ("precision", precision), ("processor", processor),
      ("revision", revision), ("seed", "\(seed)"), ("steelyard", steelyard), ("system", system),
      ("threads", "\(threads)"), ("turboJPEG", turboJPEG), ("vips", vips),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }
}
