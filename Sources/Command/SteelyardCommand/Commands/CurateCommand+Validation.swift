import ArgumentParser

/// Options of a choice that do not go together: what would have no effect is refused, not passed over.
extension CurateCommand {
  func validate() throws {
    guard (data == nil) != (accept == nil) else {
      throw ValidationError(
        "Say what to choose from, or which answers to apply: DATA, or --accept curation.csv.")
    }
    if acceptClusters != nil, accept == nil {
      throw ValidationError("--accept-clusters: it stands beside --accept curation.csv; give both.")
    }
    if accept != nil { return try validateAnswers() }
    guard influence.scoreColumn != nil else { return }
    if features != nil {
      throw ValidationError(
        "--features and --score-column: a part by a score needs no features; give one of them.")
    }
    if let given = diversity.given {
      throw ValidationError(
        "\(given): it is of a diverse set, and --score-column keeps a part by a score; leave one of them out."
      )
    }
  }

  /// Answers are applied as they are: nothing is read but their tables, and nothing is drawn.
  private func validateAnswers() throws {
    if output == nil {
      throw ValidationError("--accept: say where the accepted rows go with --output FOLDER.")
    }
    let others: [(String, Bool)] = [
      ("--features", features != nil), ("--split", split != nil), ("--no-labels", withoutLabels),
      ("--seed", seed != nil),
      ("--score-column", influence.scoreColumn != nil),
    ]
    let read = TrainOptions([tables.typed, selection.typed]).givenNames.first.map { "--\($0)" }
    if let given = others.first(where: \.1)?.0 ?? diversity.given ?? read {
      throw ValidationError(
        "\(given): it does not go with --accept, which applies the answers of a curation and chooses nothing."
      )
    }
  }
}
