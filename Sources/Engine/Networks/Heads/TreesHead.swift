public import Boosting
import Requirements
public import Torch

/// Boosted trees over the features, read from LightGBM's text and asked through its library: a head that has no gradient.
///
/// Of several classes z_c is the sum of the values of the trees of class c; of two classes z = (0, s), s the log odds of the
/// second. The softmax is LightGBM's probability.
///
/// Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NeurIPS 2017.
public struct TreesHead: Head {
  /// LightGBM's text of the model, `[B]` bytes; shared.
  public let text: Tensor
  /// Training rows of each class, `[C]`; shared.
  public let counts: Tensor
  private let read: ReadOnce<Booster>

  /// A head of trees.
  ///
  /// - Parameters:
  ///   - text: what LightGBM writes of the model.
  ///   - counts: training rows of each class, `[C]`.
  /// - Precondition: two classes or more, and a text that is not empty.
  public init(text: [UInt8], counts: [Int]) {
    require(
      !text.isEmpty && counts.count >= 2,
      "TreesHead: expected a text and two classes or more, got \(text.count) bytes and \(counts.count)"
    )
    self.init(
      text: Tensor(text, shape: [text.count]),
      counts: Tensor(counts.map(Float.init), shape: [counts.count]))
  }

  private init(text: Tensor, counts: Tensor) {
    (self.text, self.counts, read) = (text, counts, ReadOnce())
  }

  /// A head without content, to be read from a file.
  init(classes: Int, bytes: Int, using initializer: Initializer) {
    self.init(
      text: Tensor.zeros([bytes], dtype: .uint8, device: initializer.device),
      counts: Tensor.ones([classes], device: initializer.device))
  }

  /// `.trees(…)`.
  public var form: HeadForm { .trees(bytes: text.shape[0]) }
  /// The number of logits.
  public var classes: Int { counts.shape[0] }
  /// LightGBM's text of the model.
  public var bytes: [UInt8] { text.moved(to: .cpu).scalars(as: UInt8.self) }

  /// Reads the trees, which is done once.
  ///
  /// - Parameter features: the length of a feature vector.
  /// - Throws: `BoostingError` where LightGBM's library is not there, or the trees are damaged or of other features or classes.
  public func check(features: Int) throws(BoostingError) {
    let booster = try read.value { () throws(BoostingError) in try Booster(text: bytes) }
    let scores = classes == 2 ? 1 : classes
    guard booster.features == features, booster.scores == scores else {
      throw .otherModel(
        found: "\(booster.features) features and \(booster.scores) scores",
        expected: "\(features) and \(scores)")
    }
  }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`; no gradient goes back.
  /// - Precondition: ``check(features:)`` throws nothing.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    do throws(BoostingError) {
      try check(features: x.shape[1])
      let booster = try read.value { () throws(BoostingError) in try Booster(text: bytes) }
      let rows = x.shape[0]
      let values = withoutGradients {
        x.detached().to(.float32).moved(to: .cpu).contiguous().scalars(as: Float.self)
      }
      let scores = try booster.rawScores(values, count: rows, threads: Engine.threads)
      let logits = classes == 2 ? scores.flatMap { [0, $0] } : scores
      return Tensor(logits.map(Float.init), shape: [rows, classes]).moved(to: x.device)
    } catch {
      requirementFailed("TreesHead: \(error)")
    }
  }

  /// Shows `trees` and `counts`, none of which is learned.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.buffer("trees", text)
    visitor.buffer("counts", counts)
  }
}

extension Network {
  /// Reads the trees of its heads, where it has some.
  ///
  /// - Throws: as ``TreesHead/check(features:)`` and ``BoostersHead/check(features:)``.
  public func checkTrees() throws(BoostingError) {
    for head in heads {
      if let trees = head as? TreesHead { try trees.check(features: featureCount) }
      if let boosters = head as? BoostersHead { try boosters.check(features: featureCount) }
    }
  }
}
