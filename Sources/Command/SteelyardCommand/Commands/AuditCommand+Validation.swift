import ArgumentParser

/// Options of an audit that do not go together: what would have no effect is refused, not passed over.
extension AuditCommand {
  func validate() throws {
    guard (path == nil) != (probabilities == nil) else {
      throw ValidationError(
        "Say what is audited: predictions, a cross-fit or a run, or --probabilities P.npy with --given L.npy."
      )
    }
    guard (probabilities == nil) == (given == nil) else {
      throw ValidationError("--probabilities and --given go together: give both.")
    }
    if classNames != nil, probabilities == nil {
      throw ValidationError(
        "--class-names: it names the columns of --probabilities; a table names its own.")
    }
    if let keep, !(0...1_000_000).contains(keep) {
      throw ValidationError("--keep: expected a number of at least 0, got \(keep).")
    }
    if let neighbours, !(3...1000).contains(neighbours) {
      throw ValidationError("--neighbours: expected 3 to 1000, got \(neighbours).")
    }
    if let threads, threads < 1 {
      throw ValidationError("--threads: expected at least 1, got \(threads).")
    }
    if hard.explain != nil { try validateExplanation() }
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

  /// An explanation has no findings, so that nothing of an audit applies to it.
  private func validateExplanation() throws {
    let others = [
      ("--probabilities", probabilities != nil), ("--run", hard.trained != nil),
      ("--features", features != nil), ("--gradients", hard.gradients),
      ("--filter", filter != nil), ("--rank-by", rankBy != nil), ("--keep", keep != nil),
      ("--neighbours", neighbours != nil), ("--seed", seed != nil), ("--split", split != nil),
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
