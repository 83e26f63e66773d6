extension TextFeatures {
  /// Why it is of no use, if it is of none: anyone may have written the file.
  public var problem: String? {
    if columns.isEmpty || Set(columnNames).count != columns.count {
      return "expected columns of text of different names, got \(columnNames.prefix(8))"
    }
    for column in columns {
      if let problem = column.terms.problem { return "\(column.name): \(problem)" }
      let isFinite = column.lexicons.allSatisfy {
        Float($0.mean).isFinite && Float($0.maximum).isFinite
      }
      guard column.lexicons.count == lexicons.count, isFinite else {
        return "\(column.name): expected finite numbers for each of \(lexicons.count) lexicons"
      }
    }
    return lexicons.allSatisfy { $0.scores.values.allSatisfy { Float($0).isFinite } }
      ? nil : "expected finite scores of words"
  }
}

extension TermFeatures {
  /// Why it is of no use, if it is of none.
  var problem: String? {
    let isRising = zip(slots, slots.dropFirst()).allSatisfy { $0 < $1 }
    guard (1...TextSettings.mostSlots).contains(width), (1...Int(UInt32.max)).contains(texts),
      isRising, !slots.isEmpty,
      slots[0] >= 0, slots[slots.count - 1] < width, frequencies.count == slots.count,
      frequencies.allSatisfy({ (1...texts).contains($0) })
    else { return "expected rising slots below \(width) with how many of \(texts) texts have each" }
    guard components.count.isMultiple(of: slots.count),
      (1...TextSettings.mostComponents).contains(size)
    else {
      return
        "expected 1 to \(TextSettings.mostComponents) numbers for each of \(slots.count) slots, got"
        + " \(components.count) in all"
    }
    guard components.allSatisfy({ abs($0) < 1.001 }) else {
      return "expected vectors of length 1, got an entry that is larger or no number"
    }
    return (0...1.001).contains(share) ? nil : "expected a share in 0...1, got \(share)"
  }
}
