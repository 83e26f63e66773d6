import ArgumentParser
import Audit
import Evaluation

/// An audit of labels by several raters.
extension AuditCommand {
  /// Audits ratings, alone or beside predictions.
  func auditRaters(_ ratings: String, _ folder: AuditOutput?) throws {
    let input = try raterInput(ratings)
    input.notes.forEach(report.note)
    let audit = try RaterAudit(
      input.table, model: input.model, by: several.consensus, ordered: reading.ordered,
      keeping: keep ?? 1, threads: threads.count)
    if !audit.dawidSkene.hasConverged {
      report.note(
        "\(ratings): Dawid and Skene's fit has not converged after \(audit.dawidSkene.iterations) iterations; its probabilities are"
          + " those of the last")
    }
    if reading.ordered {
      report.note("order of the classes: \(input.table.classes.joined(separator: ", "))")
    }
    if input.table.raters.count > RaterPair.mostRaters {
      report.note(
        "\(ratings): \(input.table.raters.count) raters; pairs of raters are compared up to \(RaterPair.mostRaters)"
      )
    }
    if !audit.held.isEmpty {
      report.note(
        "\(audit.held.count) rows keep their given label, for they are the last of their class (--keep \(audit.kept))"
      )
    }
    try folder?.write(audit)
    if report.json { return try StandardStreams.json(audit.summary) }
    StandardStreams.write(RaterText(audit: audit).text(style: StandardStreams.style))
    if let output {
      StandardStreams.result("written: \(output)/raters.csv, consensus.csv, corrections.csv, …")
    }
  }

  private func raterInput(_ ratings: String) throws -> RaterInput {
    if let path {
      return try RaterInput(
        ratings, columns: several.columns, predictions: path, split: split,
        PredictionOptions(renormalizes: reading.renormalize, positive: reading.positive))
    }
    guard let probabilities = arrays.probabilities, let given = arrays.given else {
      return try RaterInput(
        ratings, columns: several.columns, classes: arrays.classNames.map(AuditInput.names))
    }
    let input = try AuditInput(
      probabilities: probabilities, given: given, classNames: arrays.classNames)
    return try RaterInput(ratings, columns: several.columns, arrays, input)
  }

  /// What has no effect on an audit of raters is refused by name.
  func validateRaters() throws {
    let others = [
      ("--data", data != nil), ("--run", hard.trained != nil), ("--features", near.features != nil),
      ("--gradients", hard.gradients), ("--explain", hard.explain != nil),
      ("--filter", filter != nil), ("--rank-by", rankBy != nil), ("--first", first != nil),
      ("--neighbours", near.neighbours != nil), ("--seed", near.seed != nil),
      ("--early-epochs", hard.earlyEpochs != nil), ("--vog-of", hard.vogOf != nil),
      ("--explain-top", hard.explainTop != nil),
    ]
    if let one = others.first(where: \.1) {
      throw ValidationError(
        "\(one.0): it does not go with --raters, which audits labels of several raters.")
    }
    if path == nil {
      let ofTables = [
        ("--split", split != nil), ("--positive", reading.positive != nil),
        ("--renormalize", reading.renormalize),
      ]
      if let one = ofTables.first(where: \.1) {
        throw ValidationError(
          "\(one.0): it says how predictions are read, and goes with a table, cross-fit or run beside --raters."
        )
      }
      if several.consensus == .crowdlab, arrays.probabilities == nil {
        throw ValidationError(
          "--consensus crowdlab: it needs predictions of the rated rows; name a table, cross-fit or run beside --raters."
        )
      }
    }
  }
}
