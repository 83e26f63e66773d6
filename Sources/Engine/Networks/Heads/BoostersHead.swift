public import Boosting
import Requirements
import Synchronization
public import Torch

/// Boosted trees over the features, a booster for each output, read from LightGBM's texts and asked through its library: a head
/// that has no gradient.
///
/// z_k is the sum of the values of the trees of output k, or a constant where it has none: the log odds of a label, the log odds
/// of being beyond a grade, or a number, as the network's ``Decoding`` reads it.
///
/// Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NeurIPS 2017.
public struct BoostersHead: Head {
  /// What ``Boosting/BoosterSections`` writes, `[B]` bytes; shared.
  public let text: Tensor
  /// Training rows of each output that answer yes, of a number all rows, `[K]`; shared.
  public let counts: Tensor
  private let read: ReadOnce<BoosterSet>

  /// A head of boosters.
  ///
  /// - Parameters:
  ///   - sections: where each output comes from, `[K]`.
  ///   - counts: training rows of each output that answer yes, `[K]`.
  /// - Precondition: an output or more, and as many counts.
  public init(_ sections: BoosterSections, counts: [Int]) {
    require(
      !counts.isEmpty && sections.sections.count == counts.count,
      "BoostersHead: expected a count for each output, got \(sections.sections.count) and \(counts.count)"
    )
    let text = sections.text
    self.init(
      text: Tensor(text, shape: [text.count]),
      counts: Tensor(counts.map { Float($0) }, shape: [counts.count]))
  }

  private init(text: Tensor, counts: Tensor) {
    (self.text, self.counts, read) = (text, counts, ReadOnce())
  }

  /// A head without content, to be read from a file.
  init(outputs: Int, bytes: Int, using initializer: Initializer) {
    self.init(
      text: Tensor.zeros([bytes], dtype: .uint8, device: initializer.device),
      counts: Tensor.ones([outputs], device: initializer.device))
  }

  /// `.boosters(…)`.
  public var form: HeadForm { .boosters(bytes: text.shape[0]) }
  /// The number of outputs.
  public var classes: Int { counts.shape[0] }

  /// LightGBM's text of each output's trees, `[K]`; `nil` where an output is a constant.
  ///
  /// - Throws: `BoostingError` where the text is damaged.
  public func texts() throws(BoostingError) -> [[UInt8]?] {
    let sections = try BoosterSections(text: text.moved(to: .cpu).scalars(as: UInt8.self)).sections
    return sections.map { section in
      if case .trees(let text) = section { text } else { nil }
    }
  }

  private func boosters() throws(BoostingError) -> BoosterSet {
    try read.value { () throws(BoostingError) in
      try BoosterSet(text: text.moved(to: .cpu).scalars(as: UInt8.self))
    }
  }

  /// Reads the trees, which is done once.
  ///
  /// - Parameter features: the length of a feature vector.
  /// - Throws: `BoostingError` where LightGBM's library is not there, or the trees are damaged or of other features or outputs.
  public func check(features: Int) throws(BoostingError) {
    let boosters = try boosters()
    let width = boosters.features ?? features
    guard width == features, boosters.scores == classes else {
      throw .otherModel(
        found: "\(width) features and \(boosters.scores) scores",
        expected: "\(features) and \(classes)")
    }
  }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, K]`; no gradient goes back.
  /// - Precondition: ``check(features:)`` throws nothing.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    do throws(BoostingError) {
      try check(features: x.shape[1])
      let rows = x.shape[0]
      let values = withoutGradients {
        x.detached().to(.float32).moved(to: .cpu).contiguous().scalars(as: Float.self)
      }
      let scores = try boosters().rawScores(values, count: rows, threads: Engine.threads)
      return Tensor(scores.map { Float($0) }, shape: [rows, classes]).moved(to: x.device)
    } catch {
      requirementFailed("BoostersHead: \(error)")
    }
  }

  /// Shows `boosters` and `counts`, none of which is learned.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.buffer("boosters", text)
    visitor.buffer("counts", counts)
  }
}

/// What is read of a text, once somebody has asked for it: the text of a head that is read from a file comes after the head.
final class ReadOnce<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  func value(_ make: () throws(BoostingError) -> Value) throws(BoostingError) -> Value {
    if let value = known.withLock({ $0 }) { return value }
    let made = try make()
    known.withLock { $0 = made }
    return made
  }
}
