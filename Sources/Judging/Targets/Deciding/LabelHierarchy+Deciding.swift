/// Decisions that never say a label without those above it.
extension LabelHierarchy {
  /// Parts of which no threshold is above that of a label below: with probabilities that rise towards parents, who is said to have a
  /// child is then said to have its parents.
  ///
  /// - Parameter parts: One a label.
  func lowering(_ parts: [LabelRule.Part]) -> [LabelRule.Part] {
    zip(parts, below(parts.map(\.label))).map { part, under in
      guard let least = under.min(by: { parts[$0].threshold < parts[$1].threshold }),
        parts[least].threshold < part.threshold
      else { return part }
      return LabelRule.Part(
        label: part.label, rule: part.rule, threshold: parts[least].threshold,
        chosenBy: part.chosenBy + ", lowered to that of \(parts[least].label) below it",
        withoutSets: part.withoutSets)
    }
  }

  /// Answers that do not contradict each other, by saying `unsure` where they would: nothing that a set promises is lost, for every
  /// change adds a class to it.
  ///
  /// First a parent is not answered `no` where something below it may be there; then a label is not answered `yes` where something
  /// above it is not.
  ///
  /// - Parameters:
  ///   - answers: `[N, L]` flat; `nil` for labels without sets, which neither change nor are changed.
  ///   - labels: `[L]`.
  func reconciled(_ answers: [LabelAnswer?], _ labels: [String]) -> [LabelAnswer?] {
    let (under, width) = (below(labels), labels.count)
    var found = answers
    for row in stride(from: 0, to: answers.count, by: width) {
      for label in 0..<width where found[row + label] == .no {
        let mayBeThere = under[label].contains { answers[row + $0].map { $0 != .no } ?? false }
        if mayBeThere { found[row + label] = .unsure }
      }
      for label in 0..<width {
        guard let above = found[row + label], above != .yes else { continue }
        for child in under[label] where found[row + child] == .yes {
          found[row + child] = .unsure
        }
      }
    }
    return found
  }
}
