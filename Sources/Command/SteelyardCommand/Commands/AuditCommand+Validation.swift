import ArgumentParser

/// Options of an audit that do not go together: what would have no effect is refused, not passed over.
extension AuditCommand {
  func validate() throws {
    let sources = [path != nil, arrays.probabilities != nil].count { $0 }
    guard sources == 1 || sources == 0 && several.ratings != nil else {
      throw ValidationError(
        "Say what is audited: predictions, a cross-fit or a run, or --probabilities P.npy with --given L.npy; and --raters RATINGS.csv, with or without these."
      )
    }
    if arrays.classNames != nil, arrays.probabilities == nil,
      several.ratings == nil || path != nil
    {
      throw ValidationError(
        "--class-names: it names the columns of --probabilities; a table names its own.")
    }
    if let keep, !(0...1_000_000).contains(keep) {
      throw ValidationError("--keep: expected a number of at least 0, got \(keep).")
    }
    if several.ratings != nil { return try validateRaters() }
    if hard.explain != nil { try validateExplanation() }
    if arrays.probabilities != nil { try validateArrays() }
    if reading.ordered {
      throw ValidationError("--ordered: it gives metrics of grades, and an audit has none.")
    }
    if let option = near.withoutEffect {
      throw ValidationError("\(option): it is of votes of neighbours, and goes with --features.")
    }
    if hard.vogOf != nil, !hard.gradients {
      throw ValidationError("--vog-of: it goes with --gradients.")
    }
    if hard.explainTop != nil, hard.explain == nil {
      throw ValidationError("--explain-top: it goes with --explain.")
    }
    if first != nil, output == nil {
      throw ValidationError(
        "--first: it orders issues.csv and corrections.csv, and goes with --output.")
    }
  }

  /// Arrays have no parts, and every row and column of theirs is taken as it is.
  private func validateArrays() throws {
    let others = [
      ("--split", split != nil), ("--positive", reading.positive != nil),
      ("--renormalize", reading.renormalize), ("--ordered", reading.ordered),
    ]
    if let one = others.first(where: \.1) {
      throw ValidationError(
        "\(one.0): it says how a table is read, and does not go with --probabilities.")
    }
  }

  /// An explanation has no findings, so that nothing of an audit applies to it.
  private func validateExplanation() throws {
    let others = [
      ("--probabilities", arrays.probabilities != nil), ("--run", hard.trained != nil),
      ("--features", near.features != nil), ("--gradients", hard.gradients),
      ("--filter", filter != nil), ("--rank-by", rankBy != nil), ("--keep", keep != nil),
      ("--neighbours", near.neighbours != nil), ("--seed", near.seed != nil),
      ("--split", split != nil),
      ("--first", first != nil), ("--early-epochs", hard.earlyEpochs != nil),
      ("--vog-of", hard.vogOf != nil), ("--positive", reading.positive != nil),
      ("--renormalize", reading.renormalize), ("--ordered", reading.ordered),
    ]
    if let one = others.first(where: \.1) {
      throw ValidationError(
        "\(one.0): it does not go with --explain, which explains an answer of the run and audits nothing."
      )
    }
  }
}
