/// What a network is beside its architecture: enough to build it again before its weights are read.
public struct NetworkForm: Sendable, Equatable, Codable {
  /// The kind of every head.
  public var head: HeadForm
  /// Branches with late stages of their own, at least 1.
  public var branches: Int
  /// Whether one head sees the features of all branches together, in place of one head a branch.
  public var joinsFeatures: Bool
  /// How logits of several heads become one answer.
  public var readout: Readout
  /// How much several branches share; nothing is divided where there is one.
  public var division: Division
  /// The length of a vector that the features are projected to for a contrast, at least 1; `nil` is without.
  public var projection: Int?
  /// How tokens become features, in a transformer; `nil` is the architecture's own way.
  public var pooling: TokenPooling?

  /// A form; as it stands, that of a plain classifier.
  ///
  /// - Parameters:
  ///   - head: the kind of every head.
  ///   - branches: branches with late stages of their own, at least 1.
  ///   - joinsFeatures: whether one head sees all branches.
  ///   - readout: how logits of several heads become one answer.
  ///   - division: how much several branches share.
  ///   - projection: the length of a projected vector; `nil` is without.
  ///   - pooling: how tokens become features; `nil` is the architecture's own way.
  public init(
    head: HeadForm = .linear, branches: Int = 1, joinsFeatures: Bool = false,
    readout: Readout = .mean, division: Division = .lateStages, projection: Int? = nil,
    pooling: TokenPooling? = nil
  ) {
    (self.head, self.branches) = (head, branches)
    (self.joinsFeatures, self.readout) = (joinsFeatures, readout)
    (self.division, self.projection, self.pooling) = (division, projection, pooling)
  }

  private enum CodingKeys: CodingKey {
    case head, branches, joinsFeatures, readout, division, projection, pooling
  }

  /// Decodes; a form that was written before branches, a projection or tokens could be built says nothing of them.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      head: try fields.decode(HeadForm.self, forKey: .head),
      branches: try fields.decode(Int.self, forKey: .branches),
      joinsFeatures: try fields.decode(Bool.self, forKey: .joinsFeatures),
      readout: try fields.decode(Readout.self, forKey: .readout),
      division: try fields.decodeIfPresent(Division.self, forKey: .division) ?? .lateStages,
      projection: try fields.decodeIfPresent(Int.self, forKey: .projection),
      pooling: try fields.decodeIfPresent(TokenPooling.self, forKey: .pooling))
  }

  /// Most branches that a file may ask for.
  private static let mostBranches = 64
  /// Longest projected vector that a file may ask for.
  private static let longestProjection = 65_536

  /// Why no network can be built from it, if none can; `nil` when all is well.
  ///
  /// A form that comes from a file is looked at here first: anyone may have written it.
  public var problem: String? {
    if !(1...Self.mostBranches).contains(branches) {
      return "expected 1 to \(Self.mostBranches) branches, got \(branches)"
    }
    if let projection, !(1...Self.longestProjection).contains(projection) {
      return "expected a projection to 1 to \(Self.longestProjection) numbers, got \(projection)"
    }
    switch head {
    case .linear, .scaled: break
    case .cosine(let scale):
      if !(scale > 0 && scale.isFinite) {
        return "expected a cosine head with a scale above 0, got \(scale)"
      }
    case .custom(let name): return "its head '\(name)' is not one of the library's own"
    }
    guard case .weighted(let weights) = readout else { return nil }
    let heads = joinsFeatures ? 1 : branches
    return weights.count == heads && weights.allSatisfy(\.isFinite)
      ? nil : "expected a weight for each of \(heads) heads, got \(weights)"
  }
}
