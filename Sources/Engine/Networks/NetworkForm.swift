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
  /// Whether a predictor follows the projection, which says of a projection what that of another view is.
  public var predicts: Bool
  /// Whether the classes have centres in the space of the projection: the rows of the head, projected by layers of
  /// their own.
  public var projectsCentres: Bool
  /// How tokens become features, in a transformer; `nil` is the architecture's own way.
  public var pooling: TokenPooling?
  /// How the answer becomes probabilities of classes.
  public var decoding: Decoding
  /// What the blocks have beside their weights; `nil` is nothing.
  public var adapter: Adapter?

  /// Whether a router says how many experts of each row are asked (``ExpertRouter``).
  public var routes: Bool

  /// A form; as it stands, that of a plain classifier.
  ///
  /// - Parameters:
  ///   - head: the kind of every head.
  ///   - branches: branches with late stages of their own, at least 1.
  ///   - joinsFeatures: whether one head sees all branches.
  ///   - readout: how logits of several heads become one answer.
  ///   - division: how much several branches share.
  ///   - projection: the length of a projected vector; `nil` is without.
  ///   - predicts: whether a predictor follows the projection.
  ///   - projectsCentres: whether the classes have centres in the space of the projection.
  ///   - pooling: how tokens become features; `nil` is the architecture's own way.
  ///   - decoding: how the answer becomes probabilities of classes.
  ///   - adapter: what the blocks have beside their weights.
  ///   - routes: whether a router says how many experts of each row are asked.
  public init(
    head: HeadForm = .linear, branches: Int = 1, joinsFeatures: Bool = false,
    readout: Readout = .mean, division: Division = .lateStages, projection: Int? = nil,
    predicts: Bool = false, projectsCentres: Bool = false, pooling: TokenPooling? = nil,
    decoding: Decoding = .softmax, adapter: Adapter? = nil, routes: Bool = false
  ) {
    (self.head, self.branches) = (head, branches)
    (self.joinsFeatures, self.readout) = (joinsFeatures, readout)
    (self.division, self.projection) = (division, projection)
    (self.predicts, self.projectsCentres) = (predicts, projectsCentres)
    (self.pooling, self.decoding, self.adapter) = (pooling, decoding, adapter)
    self.routes = routes
  }

  private enum CodingKeys: CodingKey {
    case head, branches, joinsFeatures, readout, division, projection, predicts, projectsCentres
    case pooling, decoding, adapter, routes
  }

  /// Decodes; a form that was written before branches, a projection, tokens or a decoding could be had says nothing of
  /// them.
  ///
  /// - Throws: `DecodingError` where a field is absent or of another kind; whether the values make
  ///   sense is asked of ``problem``.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      head: try fields.decode(HeadForm.self, forKey: .head),
      branches: try fields.decode(Int.self, forKey: .branches),
      joinsFeatures: try fields.decode(Bool.self, forKey: .joinsFeatures),
      readout: try fields.decode(Readout.self, forKey: .readout),
      division: try fields.decodeIfPresent(Division.self, forKey: .division) ?? .lateStages,
      projection: try fields.decodeIfPresent(Int.self, forKey: .projection),
      predicts: try fields.decodeIfPresent(Bool.self, forKey: .predicts) ?? false,
      projectsCentres: try fields.decodeIfPresent(Bool.self, forKey: .projectsCentres) ?? false,
      pooling: try fields.decodeIfPresent(TokenPooling.self, forKey: .pooling),
      decoding: try fields.decodeIfPresent(Decoding.self, forKey: .decoding) ?? .softmax,
      adapter: try fields.decodeIfPresent(Adapter.self, forKey: .adapter),
      routes: try fields.decodeIfPresent(Bool.self, forKey: .routes) ?? false)
  }

  /// Encodes; a softmax, no predictor and no router go without saying, so that the forms of plain classifiers stay as they
  /// were written.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(head, forKey: .head)
    try fields.encode(branches, forKey: .branches)
    try fields.encode(joinsFeatures, forKey: .joinsFeatures)
    try fields.encode(readout, forKey: .readout)
    try fields.encode(division, forKey: .division)
    try fields.encodeIfPresent(projection, forKey: .projection)
    if predicts { try fields.encode(predicts, forKey: .predicts) }
    if projectsCentres { try fields.encode(projectsCentres, forKey: .projectsCentres) }
    try fields.encodeIfPresent(pooling, forKey: .pooling)
    if decoding != .softmax { try fields.encode(decoding, forKey: .decoding) }
    try fields.encodeIfPresent(adapter, forKey: .adapter)
    if routes { try fields.encode(routes, forKey: .routes) }
  }

  /// Whether a router can stand between its experts: a head a branch, the mean of whose logits of classes answers.
  var canRoute: Bool {
    if case .decoder = head { return false }
    return branches > 1 && !joinsFeatures && readout == .mean && decoding == .softmax
  }

  /// What it can stand between, in words.
  static let routable = "two experts or more with a head each, whose mean logits answer,"

  /// Most branches that a file may ask for.
  private static let mostBranches = 64
  /// Longest projected vector that a file may ask for.
  private static let longestProjection = 65_536

  /// Most training rows that a file may ask a head to remember.
  private static let mostRows = 100_000_000

  /// Longest text of trees that a file may ask for.
  private static let mostBytes = 2_000_000_000

  /// Why no network for so many classes can be built from it, if none can; `nil` when all is well.
  ///
  /// - Parameter classes: classes that are told apart, at least 1.
  public func problem(for classes: Int) -> String? {
    problem
      ?? (decoding.outputs(for: classes) >= 1
        ? nil : "expected 2 classes or more for the decoding \(decoding.rawValue), got \(classes)")
  }

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
    if predicts && projection == nil { return "expected a projection for its predictor" }
    if let problem = adapter?.problem { return problem }
    switch head {
    case .linear, .scaled, .aligned: break
    case .cosine(let scale), .mixed(let scale):
      if !(scale > 0 && scale.isFinite) {
        return "expected a cosine head with a scale above 0, got \(scale)"
      }
    case .thresholds:
      if decoding != .cumulative {
        return "expected the decoding cumulative of thresholds, got \(decoding)"
      }
    case .decoder(let side):
      if !DecoderHead.isSide(side) {
        return "expected a decoder of 16, 32, 64, 128, 256 or 512 pixels a side, got \(side)"
      }
      if decoding != .softmax {
        return "expected no decoding of a decoder's errors, got \(decoding)"
      }
    case .neighbours(let k, let rows, let temperature, _):
      if !(1...Self.mostRows).contains(rows) || !(1...rows).contains(k) {
        return
          "expected 1 to \(Self.mostRows) training rows and as many neighbours at most, got \(rows) and \(k)"
      }
      if !(temperature > 0 && temperature.isFinite) {
        return "expected neighbours with a temperature above 0, got \(temperature)"
      }
      if decoding != .softmax { return "expected no decoding of neighbours, got \(decoding)" }
    case .trees(let bytes):
      if !(1...Self.mostBytes).contains(bytes) {
        return "expected trees of 1 to \(Self.mostBytes) bytes, got \(bytes)"
      }
      if decoding != .softmax { return "expected no decoding of trees, got \(decoding)" }
    case .boosters(let bytes):
      if !(1...Self.mostBytes).contains(bytes) {
        return "expected boosters of 1 to \(Self.mostBytes) bytes, got \(bytes)"
      }
      if ![.labels, .cumulative, .corn, .value].contains(decoding) {
        return
          "expected the decoding labels, cumulative, corn or value of boosters, got \(decoding)"
      }
    case .custom(let name): return "its head '\(name)' is not one of the library's own"
    }
    if routes && !canRoute { return "expected \(Self.routable) for its router" }
    if projectsCentres && projection == nil { return "expected a projection for its centres" }
    let heads = joinsFeatures ? 1 : branches
    switch readout {
    case .mean: return nil
    case .weighted(let weights):
      return weights.count == heads && weights.allSatisfy(\.isFinite)
        ? nil : "expected a weight for each of \(heads) heads, got \(weights)"
    case .evidential(let sharpness, let threshold):
      return sharpness > 0 && sharpness.isFinite && (0..<1).contains(threshold)
        ? nil : "expected η above 0 and τ in 0..<1, got \(sharpness) and \(threshold)"
    }
  }
}
