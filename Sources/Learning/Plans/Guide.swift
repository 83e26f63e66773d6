/// When to reach for a method, and what is known of it: what `steelyard methods NAME` says beside its summary.
public struct Guide: Sendable, Equatable, Codable {
  /// Where the survey of Zhang, Kang, Hooi, Yan and Feng (Deep Long-Tailed Learning, TPAMI 2023) puts a method, with
  /// places of our own for what is no answer to imbalance.
  public enum Family: String, Sendable, CaseIterable, Codable {
    /// Who is drawn how often.
    case resampling = "re-sampling"
    /// What a mistake about a class costs.
    case classSensitive = "class-sensitive loss"
    /// Logits moved by what is known of the classes.
    case logitAdjustment = "logit adjustment"
    /// New images of old ones.
    case augmentation = "augmentation"
    /// What other data or an earlier model knows.
    case transfer = "transfer"
    /// How features are learnt.
    case representation = "representation"
    /// What the last layer is.
    case classifier = "classifier"
    /// Features first, the last layer afterwards.
    case decoupled = "decoupled"
    /// Several networks or branches in one.
    case ensemble = "ensemble"
    /// Nothing that minds the classes' sizes.
    case plain = "plain"
    /// Something other than classes without order.
    case otherTargets = "other targets"
    /// Images changed on purpose to be mistaken.
    case robustness = "robustness"

    /// The part of the survey that it belongs to.
    public var group: Group {
      switch self {
      case .resampling, .classSensitive, .logitAdjustment: .rebalancing
      case .augmentation, .transfer: .augmentation
      case .representation, .classifier, .decoupled, .ensemble: .modules
      case .plain, .otherTargets, .robustness: .beside
      }
    }
  }

  /// The three parts of the survey's taxonomy, and what it has no place for.
  public enum Group: String, Sendable, CaseIterable, Codable {
    /// Samples, costs or logits by the sizes of classes.
    case rebalancing = "class re-balancing"
    /// More to learn from.
    case augmentation = "information augmentation"
    /// Parts of the network, and how they are trained.
    case modules = "module improvement"
    /// No answer to imbalance, or one to another question.
    case beside = "beside the survey"
  }

  /// Where it belongs.
  public let family: Family
  /// When to use it; a sentence.
  public let use: String
  /// When not to; a sentence.
  public let avoid: String
  /// What its paper claims, and on what; a sentence.
  public let claim: String
  /// What each hyper-parameter is, with range and unit, by its name.
  public let settings: [String: String]

  /// - Parameters:
  ///   - family: where it belongs.
  ///   - use: when to use it; a sentence.
  ///   - avoid: when not to; a sentence.
  ///   - claim: what its paper claims, and on what; a sentence.
  ///   - settings: what each hyper-parameter is, with range and unit, by its name.
  public init(
    _ family: Family, use: String, avoid: String, claim: String, settings: [String: String] = [:]
  ) {
    (self.family, self.use, self.avoid, self.claim) = (family, use, avoid, claim)
    self.settings = settings
  }
}
