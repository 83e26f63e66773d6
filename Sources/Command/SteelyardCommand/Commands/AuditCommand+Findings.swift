import Audit

/// What an audit reads, and what it finds in it.
extension AuditCommand {
  /// Probabilities and labels, from arrays or from a table.
  func input() throws -> AuditInput {
    if let probabilities = arrays.probabilities, let given = arrays.given {
      return try AuditInput(
        probabilities: probabilities, given: given, classNames: arrays.classNames)
    }
    return try AuditInput(table: path ?? "", split: split, reading.options)
  }

  /// What the probabilities say of the labels, and the neighbours where there are some.
  func findings(
    _ input: AuditInput, _ similar: SimiFeat?, _ threads: Int
  ) throws -> LabelFindings {
    let (labels, keep) = (input.labels, keep ?? 1)
    let audit = try LabelAudit(input.rows, given: labels.given, keeping: keep, threads: threads)
    return try LabelFindings(
      audit, classes: labels.classes, paths: labels.paths, rule: filter ?? .noiseRate,
      score: rankBy ?? .selfConfidence, keeping: keep, similar: similar,
      first: first?.numbers(among: labels.classes, counts: audit.givenCounts) ?? [])
  }
}
