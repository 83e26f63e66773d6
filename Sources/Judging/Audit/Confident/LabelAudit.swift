import Files
import Foundation
import Parallel

/// Confident learning on a set of out-of-sample probabilities: what each label is worth.
///
/// ```swift
/// let audit = try LabelAudit(ProbabilityRows(npy: "P.npy"), given: labels)
/// audit.isIssue.count { $0 }
/// ```
///
/// Three passes over the probabilities, block by block; beside a block only numbers of the rows are held.
///
/// Source: Northcutt, Jiang, Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021; decisions,
/// rounding and scores as in cleanlab 2.9. Departs from it: of equal margins, probabilities and rounding losses the order of
/// rows and classes decides, where cleanlab's depends on the processor.
public struct LabelAudit: Sendable {
  /// Number of classes `C`.
  public let classes: Int
  /// Given class, `[N]`.
  public let given: [Int32]
  /// Most probable class, `[N]`.
  public let suggested: [Int32]
  /// Examples given each class, `[C]`.
  public let givenCounts: [Int]
  /// t, `[C]`.
  public let thresholds: ConfidentThresholds
  /// Counts of given against true.
  public let joint: ConfidentJoint
  /// Whether labels go with what is predicted.
  public let votes: VoteSums
  /// P of the given class, `[N]`.
  public let selfConfidence: [Double]
  /// (P of the given class − the largest other + 1) / 2, `[N]`.
  public let normalizedMargin: [Double]
  /// Confidence-weighted entropy, `[N]`.
  public let weightedEntropy: [Double]
  /// What each of the four rules that are not ``IssueRule/both`` says, `[N]` each: a bit a rule.
  private let flags: [UInt8]

  private static let rules: [IssueRule] = [.noiseRate, .byClass, .offDiagonal, .predicted]

  /// An audit.
  ///
  /// - Parameters:
  ///   - rows: out-of-sample probabilities, `[N, C]`.
  ///   - given: given class, `[N]`, each in `0..<C`.
  ///   - kept: how many examples of a given class stay at least, at least 0. Of 2 or more, ``IssueRule/noiseRate`` may leave
  ///     fewer, as cleanlab does, where a small cell of the joint cannot give up its part; ``LabelFindings`` then offers no
  ///     correction of the last.
  ///   - threads: how many threads work; the result is the same for any number.
  /// - Throws: ``AuditError`` naming the first row that is not one of probabilities, and where there is no row or no second
  ///   class; `FileError` from reading.
  public init(
    _ rows: ProbabilityRows, given: [Int32], keeping kept: Int = 1, threads: Int = 1
  ) throws {
    guard rows.classes > 1 else { throw AuditError.oneClass("the probabilities") }
    guard given.count == rows.count else {
      throw AuditError.otherCount(labels: given.count, rows: rows.count)
    }
    guard rows.count > 0 else { throw AuditError.noExamples("the probabilities") }
    let classes = rows.classes
    var givenCounts = [Int](repeating: 0, count: classes)
    for (row, label) in given.enumerated() {
      guard label >= 0, label < classes else {
        throw AuditError.noSuchClass(row: row, label: "\(label)", classes: classes)
      }
      givenCounts[Int(label)] += 1
    }
    let shares = givenCounts.map { Double($0) / Double(given.count) }
    let facts = try Self.each(rows.blocks, threads) { block throws(FileError) in
      try rows.withRows(block) {
        RowFacts($0, first: block.lowerBound, given: given, shares: shares)
      }
    }
    if let problem = facts.lazy.compactMap(\.problem).first { throw problem }
    let votes = facts.dropFirst().reduce(into: facts[0].votes) { $0.merge($1.votes) }
    let confidence = facts.flatMap(\.selfConfidence)
    let thresholds = ConfidentThresholds(
      confidence, given: given, classes: classes, isSingle: rows.isSingle)
    let guesses = try Self.each(rows.blocks, threads) { block throws(FileError) in
      try rows.withRows(block) { Self.guesses($0, thresholds.bars) }
    }.flatMap(\.self)
    var counts = [Int](repeating: 0, count: classes * classes)
    for (label, guess) in zip(given, guesses) where guess >= 0 {
      counts[Int(label) * classes + Int(guess)] += 1
    }
    let joint = ConfidentJoint(counts, givenCounts: givenCounts)
    let predicted = facts.flatMap(\.predicted)
    let prune = joint.pruneCounts(keeping: kept)
    let byRate = try Self.byNoiseRate(
      rows, given, prune, givenCounts: givenCounts, kept: kept, threads)
    let byClass = Self.byClass(confidence, given, prune, givenCounts: givenCounts, kept: kept)
    flags = given.indices.map { row in
      guard predicted[row] != given[row] else { return 0 }
      return (byRate[row] ? 1 : 0) | (byClass[row] ? 2 : 0)
        | (guesses[row] >= 0 && guesses[row] != given[row] ? 4 : 0) | 8
    }
    suggested = facts.flatMap(\.best)
    let rival = facts.flatMap(\.rival)
    normalizedMargin = given.indices.map { (confidence[$0] - rival[$0] + 1) / 2 }
    let entropy = facts.flatMap(\.entropy)
    weightedEntropy = given.indices.map { Self.weighted(entropy[$0], confidence[$0]) }
    (self.classes, self.given, self.givenCounts) = (classes, given, givenCounts)
    (self.thresholds, self.joint, self.votes) = (thresholds, joint, votes)
    selfConfidence = confidence
  }

  /// Number of examples `N`.
  public var count: Int { given.count }

  /// Whether a rule calls the label of a row an issue.
  ///
  /// - Precondition: `row` lies in `0..<N`.
  public func isIssue(_ row: Int, by rule: IssueRule = .noiseRate) -> Bool {
    guard let place = Self.rules.firstIndex(of: rule) else { return flags[row] & 3 == 3 }
    return flags[row] & (1 << UInt8(place)) != 0
  }

  /// Rows of `0..<N` that a rule calls issues, in rising order, `[issues]`.
  public func issues(by rule: IssueRule = .noiseRate) -> [Int] {
    given.indices.filter { isIssue($0, by: rule) }
  }

  /// The rules that call the label of a row an issue.
  ///
  /// - Precondition: `row` lies in `0..<N`.
  public func rules(of row: Int) -> [IssueRule] {
    Self.rules.filter { isIssue(row, by: $0) }
  }

  /// A score of all rows, `[N]`; low where the label is likely to be wrong.
  public func scores(_ score: LabelScore) -> [Double] {
    switch score {
    case .selfConfidence: selfConfidence
    case .normalizedMargin: normalizedMargin
    case .weightedEntropy: weightedEntropy
    }
  }
}
