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

  /// A form; as it stands, that of a plain classifier.
  ///
  /// - Parameters:
  ///   - head: the kind of every head.
  ///   - branches: branches with late stages of their own, at least 1.
  ///   - joinsFeatures: whether one head sees all branches.
  ///   - readout: how logits of several heads become one answer.
  public init(
    head: HeadForm = .linear, branches: Int = 1, joinsFeatures: Bool = false,
    readout: Readout = .mean
  ) {
    (self.head, self.branches) = (head, branches)
    (self.joinsFeatures, self.readout) = (joinsFeatures, readout)
  }
}
