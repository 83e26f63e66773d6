public import Decisions

extension DecisionPlan.Sampler {
  /// Class frequencies that the kept weights were trained under, and those of the training images; `nil`
  /// where they agree within a hundredth, or are not known.
  ///
  /// A network's softmax speaks of the mixture that it was shown last. A sampler may change it from epoch
  /// to epoch and a method from stage to stage, so what counts is the epoch whose weights are kept:
  /// neither the epochs after it nor a mean over the run. Where the log has it, this is the mass that the
  /// stage's samplers and mixing come to in that epoch in the mean, otherwise what the epoch drew. Where
  /// that lacks a class altogether, which is chance, the epochs before it are taken in, one by one, until
  /// each class of the training images has been drawn.
  ///
  /// What there is are the shares of the training images. Where the training part was thinned out (`--long-tail`), and
  /// validation and test were not, these say nothing of the others: then it is the shares of validation, half an image
  /// added to each class so that none has a share of 0.
  ///
  /// - Parameters:
  ///   - data: What the run was trained on.
  ///   - log: Its epochs.
  ///   - config: Its options, which say whether the training part was thinned out.
  public init?(_ data: DataRecord, _ log: MetricsLog, _ config: ConfigRecord? = nil) {
    let counts = data.counts(of: "train")
    let total = counts.reduce(0, +)
    guard total > 0, let kept = log.keptIndex,
      let drawn = Self.mass(log.records[...kept], classes: data.classes, counts: counts)
    else { return nil }
    let natural =
      config?.isThinned == true
      ? Self.smoothed(data.counts(of: "val")) ?? counts.map { Double($0) / Double(total) }
      : counts.map { Double($0) / Double(total) }
    guard zip(drawn, natural).contains(where: { abs($0 - $1) > 0.01 }) else { return nil }
    self.init(drawn: drawn, natural: natural)
  }

  /// Shares with half an example more of each class; `nil` without any.
  private static func smoothed(_ counts: [Int]) -> [Double]? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    return counts.map { (Double($0) + 0.5) / (Double(total) + 0.5 * Double(counts.count)) }
  }

  /// Label mass of each class that the last of `records` was trained under, `[C]`, summing to 1.
  private static func mass(
    _ records: ArraySlice<EpochRecord>, classes: [String], counts: [Int]
  ) -> [Double]? {
    var sums = [Double](repeating: 0, count: classes.count)
    for record in records.reversed() {
      guard record.drawn.count == classes.count else { return nil }
      let byName = Dictionary(record.drawn.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
      let drawn = classes.compactMap { byName[$0] }
      guard drawn.count == classes.count else { return nil }
      let expected = drawn.compactMap(\.expectedMass)
      let shares = expected.count == drawn.count ? expected : drawn.map(\.mass)
      // Epochs of a run draw as many examples as each other, so their shares can be added.
      for (index, share) in shares.enumerated() { sums[index] += share }
      let isWhole = zip(sums, counts).allSatisfy { $0 > 0 || $1 == 0 }
      let total = sums.reduce(0, +)
      if isWhole && total.isFinite { return sums.map { $0 / total } }
    }
    return nil
  }
}

extension ConfigRecord {
  /// Whether the training part was thinned out, and no other.
  fileprivate var isThinned: Bool { self["long-tail"].flatMap(Double.init).map { $0 > 1 } ?? false }
}

extension RunDirectory {
  /// Whether the training part was thinned out (`--long-tail`), and no other.
  ///
  /// - Throws: ``RunFileError`` when `config.yaml` cannot be read.
  public func isThinned() throws(RunFileError) -> Bool { try ConfigRecord.read(config).isThinned }

  /// Class frequencies that the kept weights were trained under, and those of the training images; `nil`
  /// where they agree, or the run does not say.
  ///
  /// - Throws: ``RunFileError`` when `data.json`, `metrics.jsonl` or `config.yaml` cannot be read.
  public func sampler() throws(RunFileError) -> DecisionPlan.Sampler? {
    guard let data = try DataRecord.readIfPresent(data),
      let log = try MetricsLog.readIfPresent(metricsLines)
    else { return nil }
    return DecisionPlan.Sampler(data, log, try ConfigRecord.read(config))
  }
}
