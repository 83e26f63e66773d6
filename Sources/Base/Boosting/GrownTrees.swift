import Requirements

/// Trees that were grown, as LightGBM's text.
public struct GrownTrees: Sendable {
  /// The model; Python's `lightgbm.Booster(model_file=…)` reads it.
  public let text: [UInt8]
  /// Rounds that are kept.
  public let rounds: Int
  /// Rounds that grew trees.
  public let grown: Int
  /// Rounds that held no split, so that they grew none; at most one where nothing is drawn, for it ends the growing.
  public let empty: Int
  /// Whether all rounds were tried before patience or a want of splits ended them, so that more may be better; never without
  /// validation.
  public let isCut: Bool
  /// The metric of validation at the rounds that are kept; nil without validation.
  public let loss: Double?
  /// What that metric is called.
  public let metric: String
}

extension LightGBM {
  /// Grows trees round by round; the rounds with the smallest loss of validation are kept, all where there is none.
  ///
  /// A round whose drawn rows and features hold no split adds no tree and counts as one without gain: the next draws others. Where
  /// nothing is drawn it would be the same again, so growing ends.
  ///
  /// - Parameters:
  ///   - training: what is learned from.
  ///   - validation: what ends it; nil grows all rounds.
  ///   - objective: what trees are grown for.
  ///   - settings: how trees are grown.
  ///   - seed: of what is drawn, at least 0.
  ///   - threads: at least 1; no tree depends on it.
  ///   - progress: told how many rounds are tried, and of how many; may throw to stop.
  /// - Throws: ``BoostingError/refused(operation:reason:)``, what `progress` throws.
  /// - Precondition: targets are of the objective; there are rows, and rows of validation are as long.
  public func grow(
    _ training: BoostingRows, validation: BoostingRows?, _ objective: BoostingObjective,
    _ settings: BoostingSettings, seed: Int32, threads: Int,
    progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws -> GrownTrees {
    checkRows(training, validation, objective)
    let parameters = settings.parameters(objective, seed: seed, threads: threads)
    let rows = try BoostingDataset(training, parameters, in: self)
    let seen = try validation.map {
      try BoostingDataset($0, parameters, training: rows, in: self)
    }
    var handle: UnsafeMutableRawPointer?
    try check(functions.makeBooster(rows.handle, parameters, &handle), "beginning")
    // The booster looks at the rows until it goes.
    defer { withExtendedLifetime((rows, seen)) { _ = functions.freeBooster(handle) } }
    if let seen { try check(functions.addValidation(handle, seen.handle), "taking validation") }
    var best: (tried: Int, rounds: Int, loss: Double)?
    var (tried, grown, constants, isFinished) = (0, 0, 0, CInt(0))
    while tried < settings.rounds && !(isFinished != 0 && !settings.draws) {
      try progress(tried, settings.rounds)
      try check(functions.update(handle, &isFinished), "growing round \(tried + 1)")
      tried += 1
      if isFinished == 0 { grown += 1 }
      // Where the first round has no split, the library puts trees of one leaf, the mean, before all others.
      if tried == 1 && isFinished != 0 { constants = 1 }
      guard seen != nil else { continue }
      let loss = try validationLoss(handle, objective.metric)
      if loss < best?.loss ?? .infinity { best = (tried, grown, loss) }
      if tried - (best?.tried ?? 0) >= settings.patience { break }
    }
    let kept = best?.rounds ?? grown
    let isStuck = isFinished != 0 && !settings.draws
    let isCut =
      best.map { best in
        tried == settings.rounds && tried - best.tried < settings.patience && !isStuck
      } ?? false
    return GrownTrees(
      text: try text(handle, rounds: constants + kept), rounds: kept, grown: grown,
      empty: tried - grown, isCut: isCut, loss: best?.loss, metric: objective.metric)
  }

  private func checkRows(
    _ training: BoostingRows, _ validation: BoostingRows?, _ objective: BoostingObjective
  ) {
    require(
      objective.isOfEnough && training.targets.allSatisfy(objective.takes)
        && validation?.targets.allSatisfy(objective.takes) ?? true,
      "LightGBM.grow: expected \(objective.expected)")
    require(
      training.count > 0
        && validation.map { $0.count > 0 && $0.columns == training.columns } ?? true,
      "LightGBM.grow: expected rows of \(training.columns) numbers, got \(training.count) of training and"
        + " \(validation?.count ?? 0) of \(validation?.columns ?? 0) of validation")
  }

  private func validationLoss(
    _ handle: UnsafeMutableRawPointer?, _ metric: String
  ) throws(BoostingError) -> Double {
    var count: CInt = 0
    try check(functions.countEvaluations(handle, &count), "counting metrics")
    var values = [Double](repeating: .nan, count: max(1, Int(count)))
    try check(functions.evaluate(handle, 1, &count, &values), "judging validation")
    guard values[0].isFinite else {
      throw .refused(
        operation: "judging validation", reason: "\(metric) is \(values[0]), expected a number")
    }
    return values[0]
  }

  private func text(
    _ handle: UnsafeMutableRawPointer?, rounds: Int
  ) throws(BoostingError) -> [UInt8] {
    var length: Int64 = 0
    var room = [CChar](repeating: 0, count: 1 << 16)
    for _ in 0..<2 {
      // No round at all would mean every round.
      try check(
        functions.text(handle, 0, CInt(max(rounds, 1)), 0, Int64(room.count), &length, &room),
        "writing \(rounds) rounds")
      if length <= room.count { break }
      room = [CChar](repeating: 0, count: Int(length))
    }
    return Self.withoutThreads(
      room.prefix(max(0, Int(length) - 1)).map(UInt8.init(bitPattern:)))
  }

  /// How many threads there were is no part of the model, and the same trees have the same bytes. It stands near the end of
  /// what may be very long.
  package static func withoutThreads(_ text: [UInt8]) -> [UInt8] {
    let name = Array("\n[num_threads: ".utf8)
    var start = text.count - name.count
    while start >= 0, !text[start...].starts(with: name) { start -= 1 }
    guard start >= 0 else { return text }
    let digits = text[(start + name.count)...].prefix { $0 != UInt8(ascii: "]") }
    return Array(text[..<digits.startIndex]) + [UInt8(ascii: "0")]
      + Array(text[digits.endIndex...])
  }
}
