/// An audit of raters in numbers: what `--json` prints and `raters.json` holds.
public struct RaterSummary: Codable, Sendable, Equatable {
  /// A class as a rater sees it.
  public struct ClassRow: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Dawid and Skene's π_cc.
    public var diagonal: Double
    /// Expected rows of the class among those rated, which it rests on.
    public var expected: Double
    /// Rows that the others' majority gives to the class.
    public var rows: Int
    /// How many of these the rater gave it.
    public var hits: Int
    /// Wilson's interval of the share.
    public var interval: [Double]?
    /// Whether the rater misses the class more often than the others do, beyond chance.
    public var isWeak: Bool

    private enum CodingKeys: String, CodingKey {
      case name, diagonal, expected, rows, hits, interval
      case isWeak = "weak"
    }
  }

  /// One rater.
  public struct Rater: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// Number of ratings.
    public var ratings: Int
    /// Rows among them that others rated too.
    public var shared: Int
    /// Share on which the rater agrees with the others' majority.
    public var agreement: Double?
    /// The share expected of ratings at random.
    public var chance: Double?
    /// Agreement beyond chance.
    public var kappa: Double?
    /// Standard deviations of the agreement above chance.
    public var z: Double?
    /// Whether the agreement is not shown to be above chance; nil where nothing can be said.
    public var isNoBetterThanChance: Bool?
    /// Quality by CROWDLAB.
    public var crowdlabQuality: Double?
    /// Weight by CROWDLAB.
    public var crowdlabWeight: Double?
    /// The classes.
    public var perClass: [ClassRow]

    private enum CodingKeys: String, CodingKey {
      case name, ratings, shared, agreement, chance, kappa, z
      case isNoBetterThanChance = "no_better_than_chance"
      case crowdlabQuality = "crowdlab_quality"
      case crowdlabWeight = "crowdlab_weight"
      case perClass = "per_class"
    }
  }

  /// Two raters.
  public struct Pair: Codable, Sendable, Equatable {
    /// Their names.
    public var raters: [String]
    /// Rows that both rated.
    public var rows: Int
    /// Share on which they agree.
    public var agreement: Double
    /// Cohen's kappa.
    public var kappa: Double?
    /// Cohen's kappa with quadratic weights, of ordered classes.
    public var quadraticKappa: Double?

    private enum CodingKeys: String, CodingKey {
      case raters, rows, agreement, kappa
      case quadraticKappa = "quadratic_kappa"
    }
  }

  /// One class.
  public struct Class: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Ratings of it.
    public var ratings: Int
    /// Rows that the data give to it; nil where no label is given.
    public var given: Int?
    /// Rows that the majority gives to it.
    public var majority: Int
    /// Rows that the consensus gives to it.
    public var consensus: Int
    /// Rows to look at that have its label.
    public var toLookAt: Int

    private enum CodingKeys: String, CodingKey {
      case name, ratings, given, majority, consensus
      case toLookAt = "to_look_at"
    }
  }

  /// Which form this is.
  public var format = 1
  /// Number of rows.
  public var rows: Int
  /// Number of ratings.
  public var ratings: Int
  /// How the consensus was made, and of how many rows.
  public var methods: [String: Int]
  /// Iterations of Dawid and Skene's fit.
  public var iterations: Int
  /// Whether it converged.
  public var hasConverged: Bool
  /// The model's weight by CROWDLAB.
  public var modelWeight: Double?
  /// Ties of votes, by what decided them.
  public var ties: [String: Int]
  /// Rows to look at.
  public var toLookAt: Int
  /// Rows whose given label is not the consensus; nil where no label is given.
  public var differing: Int?
  /// Rows that keep their given label, for they are the last of their class.
  public var held: Int
  /// How many examples of a class stay at least.
  public var kept: Int
  /// Agreement of all.
  public var agreement: RaterAgreement?
  /// Agreement of two.
  public var pairs: [Pair]
  /// The raters.
  public var raters: [Rater]
  /// The classes.
  public var classes: [Class]

  private enum CodingKeys: String, CodingKey {
    case format, rows, ratings, methods, iterations, ties, differing, held, kept, agreement, pairs
    case raters, classes
    case hasConverged = "has_converged"
    case modelWeight = "model_weight"
    case toLookAt = "to_look_at"
  }
}
