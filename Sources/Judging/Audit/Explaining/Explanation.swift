public import Files
import Requirements

/// Which training examples stand behind the answer to one: those that helped it most, those that harmed it most, and the
/// nearest in feature space. What `steelyard audit --explain --json` prints and `explain.json` holds.
///
/// Influence is TracIn at the last layer. It goes by the length of gradients, so that a few training examples with large
/// ones (odd or mislabelled images) stand high in many explanations; neighbours, which know nothing of losses, stand beside
/// it for that reason.
///
/// Source: Pruthi, Liu, Kale, Sundararajan, "Estimating Training Data Influence by Tracing Gradient Descent", NeurIPS 2020.
public struct Explanation: Codable, Sendable, Equatable {
  /// Why a training example is listed.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Steps on it lowered the loss of the explained example.
    case helpful
    /// Steps on it raised that loss.
    case harmful
    /// Its features point the same way.
    case near
  }

  /// One training example.
  public struct Row: Codable, Sendable, Equatable {
    /// Why it is listed.
    public var kind: Kind
    /// Place in its list, from 1.
    public var rank: Int
    /// What identifies it.
    public var path: String
    /// Its class.
    public var given: String
    /// Σ_c η_c ∇ℓ(z) · ∇ℓ(z′).
    public var influence: Double
    /// cos(f, f′), in −1…1.
    public var similarity: Double
  }

  /// The example that is explained.
  public struct Shown: Codable, Sendable, Equatable {
    /// What identifies it.
    public var path: String
    /// Its class; nil where it has none.
    public var given: String?
    /// The class that is predicted.
    public var predicted: String
    /// How probable that is.
    public var probability: Double
    /// The class whose loss is explained: its own, or where it has none that which is predicted.
    public var explained: String
    /// How probable that is.
    public var explainedProbability: Double
    /// The part of the data that it is of; nil where there are no parts.
    public var part: String?

    /// An example of its parts.
    public init(
      path: String, given: String?, predicted: String, probability: Double, explained: String,
      explainedProbability: Double, part: String?
    ) {
      (self.path, self.given, self.part) = (path, given, part)
      (self.predicted, self.probability) = (predicted, probability)
      (self.explained, self.explainedProbability) = (explained, explainedProbability)
    }

    private enum CodingKeys: String, CodingKey {
      case path, given, predicted, probability, explained, part
      case explainedProbability = "explained_probability"
    }
  }

  /// What is known of each training example.
  public struct Training: Sendable {
    /// What identifies each, `[N]`.
    public var paths: [String]
    /// Their classes, `[N]`.
    public var given: [String]
    /// Their influence, `[N]`.
    public var influence: [Double]
    /// Their similarity, `[N]`.
    public var similarity: [Double]

    /// Training examples of their parts, `[N]` each.
    public init(paths: [String], given: [String], influence: [Double], similarity: [Double]) {
      (self.paths, self.given) = (paths, given)
      (self.influence, self.similarity) = (influence, similarity)
    }
  }

  /// Which form this is.
  public var format = 1
  /// The example that is explained.
  public var shown: Shown
  /// The weights whose gradients are summed, in words.
  public var weights: String
  /// Its influence on itself.
  public var selfInfluence: Double
  /// Training examples that were looked at.
  public var examples: Int
  /// Those that helped, and those that harmed.
  public var helpful, harmful: Int
  /// The lists: helpful, harmful, near, each in the order of its ranks.
  public var rows: [Row]

  private enum CodingKeys: String, CodingKey {
    case format, shown, weights, examples, helpful, harmful, rows
    case selfInfluence = "self_influence"
  }

  /// Lists the first of each kind; the explained example is in no list of its own.
  ///
  /// - Parameters:
  ///   - shown: the example that is explained.
  ///   - training: what is known of the training examples.
  ///   - selfInfluence: its influence on itself.
  ///   - weights: the weights whose gradients were summed, in words.
  ///   - most: how many of each kind at most.
  /// - Precondition: as many numbers and classes as paths.
  public init(
    _ shown: Shown, by training: Training, selfInfluence: Double, weights: String, most: Int
  ) {
    let count = training.paths.count
    require(
      [training.given.count, training.influence.count, training.similarity.count]
        .allSatisfy { $0 == count },
      "Explanation: expected \(count) classes, influences and similarities, got \(training.given.count),"
        + " \(training.influence.count) and \(training.similarity.count)")
    let others = training.paths.indices.filter { training.paths[$0] != shown.path }
    let (influence, similarity) = (training.influence, training.similarity)
    func first(_ kind: Kind, _ rows: [Int], _ value: (Int) -> Double) -> [Row] {
      rows.sorted { value($0) == value($1) ? $0 < $1 : value($0) > value($1) }.prefix(most)
        .enumerated().map { place, row in
          Row(
            kind: kind, rank: place + 1, path: training.paths[row], given: training.given[row],
            influence: influence[row], similarity: similarity[row])
        }
    }
    let (helping, harming) = (
      others.filter { influence[$0] > 0 }, others.filter { influence[$0] < 0 }
    )
    (self.shown, self.weights, self.selfInfluence) = (shown, weights, selfInfluence)
    (examples, helpful, harmful) = (others.count, helping.count, harming.count)
    rows =
      first(.helpful, helping) { influence[$0] } + first(.harmful, harming) { -influence[$0] }
      + first(.near, others) { similarity[$0] }
  }

  /// The rows of a kind.
  public func rows(of kind: Kind) -> [Row] { rows.filter { $0.kind == kind } }

  /// Writes `explain.csv`: `kind`, `rank`, `path`, `given`, `influence`, `similarity`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func write(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["kind", "rank", "path", "given", "influence", "similarity"],
      rows: rows.lazy.map { row in
        [
          row.kind.rawValue, "\(row.rank)", row.path, row.given, "\(row.influence)",
          "\(row.similarity)",
        ]
      }, to: path)
  }
}
