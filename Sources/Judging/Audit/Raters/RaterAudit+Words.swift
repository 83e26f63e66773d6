/// An audit of raters in words and numbers of one row.
extension RaterAudit {
  /// The label that a row has in the data: the given one, or the consensus where there is none.
  public func label(_ row: Int) -> Int { table.given[row] ?? consensus[row] }

  /// The label that a row should be trained with: the consensus, but for the last of a class.
  public func finalLabel(_ row: Int) -> Int { held.contains(row) ? label(row) : consensus[row] }

  /// Probability of a class for a row.
  ///
  /// - Precondition: `row` lies in `0..<N` and `label` in `0..<C`.
  public func probability(_ row: Int, _ label: Int) -> Double {
    posterior[row * table.classes.count + label]
  }

  /// Quality of the consensus of a row: its probability.
  public func quality(_ row: Int) -> Double { probability(row, consensus[row]) }

  /// Share of the raters of a row who gave it the consensus.
  public func agreement(_ row: Int) -> Double {
    let own = table.ratings[row]
    return Double(own.count { $0.label == consensus[row] }) / Double(own.count)
  }

  /// What a person might take for the right class of a row: the consensus, or where the row has that label, the next one.
  public func suggested(_ row: Int) -> Int {
    guard consensus[row] == label(row) else { return consensus[row] }
    var rest = Array(posterior[row * table.classes.count..<(row + 1) * table.classes.count])
    rest[consensus[row]] = -1
    return largest(rest[...])
  }

  /// Why a row is looked at.
  public func why(_ finding: LabelFindings.Finding) -> String {
    let row = finding.row
    let votes = table.ratings.counts(row).sorted { ($1.count, $0.label) < ($0.count, $1.label) }
      .map { "\($0.count) \(table.classes[$0.label])" }
    var words =
      "\(table.ratings[row].count) ratings: \(votes.joined(separator: ", ")); consensus"
      + " \(table.classes[consensus[row]]) \(short(quality(row)))"
    if let model, let place = model.rows.firstPlace(of: row) {
      let seen = model.predicted(place)
      words += "; model \(table.classes[seen]) \(short(model[place][place * model.classes + seen]))"
    }
    return finding.isLast ? words + "; one of the last \(kept) of its class" : words
  }

  /// Raters who are not shown to be better than chance, by number.
  public var noBetterThanChance: [Int] {
    raters.indices.filter { raters[$0].isNoBetterThanChance == true }
  }

  /// Raters and the classes that they miss more often than the others do, by number.
  public var weak: [(rater: Int, label: Int)] {
    raters.enumerated().flatMap { rater, one in
      one.perClass.indices.filter { one.perClass[$0].isWeak }.map { (rater, $0) }
    }
  }

  /// Classes that were given and are the consensus of no row, by number.
  public var vanished: [Int] {
    let (given, kept) = (table.ratings.perClass, Set(consensus))
    return given.indices.filter { given[$0] > 0 && !kept.contains($0) }
  }

  /// Rows whose majority vote was a tie, by what decided it.
  public var ties: [MajorityVote.Decision: Int] {
    vote.decisions.filter { $0 != .votes }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// Expected rows of a class among those that a rater rated, Σ T_ic: what a diagonal of the confusion matrix rests on.
  func expectedRows() -> [[Double]] {
    let classes = table.classes.count
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: classes), count: table.raters.count)
    for row in 0..<table.ratings.count {
      for one in table.ratings[row] {
        for label in 0..<classes {
          sums[one.rater][label] += dawidSkene.posterior[row * classes + label]
        }
      }
    }
    return sums
  }

  private func short(_ value: Double) -> String {
    let thousandths = Int((max(0, value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension [Int] {
  /// Place of a number among rising ones; nil where it is none of them.
  fileprivate func firstPlace(of value: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == value ? low : nil
  }
}
