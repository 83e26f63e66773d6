import Evaluation
package import Targets

/// The studies of a cross-fit, each by the model that has seen none of its views.
///
/// Where each fold chooses on its own validation, folds may join views in different ways: a study is joined as its fold does.
package struct PooledStudies {
  /// A row for each study, with the column `fold`: those of the first fold first.
  package let table: LabelPredictions
  /// How the views of each fold are joined, `[K]`.
  package let joins: [ChosenJoin]

  /// The studies of all folds; nil where some fold judges images alone.
  ///
  /// - Parameters:
  ///   - images: what the folds said, with the column `fold`, from 1.
  ///   - joins: how the run of each fold joins views, `[K]`.
  ///   - file: what errors call the table of the images.
  /// - Throws: `CrossfitError.partedStudy`; `FileError` where the column of the studies is missing.
  package init?(_ images: LabelPredictions, by joins: [ChosenJoin?], file: String) throws {
    let known = joins.compactMap { $0 }
    guard let first = known.first, known.count == joins.count,
      let folds = images.carried.named("fold")?.values
    else { return nil }
    let parts = try known.enumerated().map { index, join in
      try images.keeping(folds.indices.filter { folds[$0] == "\(index + 1)" })
        .studies(by: join.column, join.join, file: file)
    }
    var seen: Set<String> = []
    if let parted = parts.flatMap(\.paths).first(where: { !seen.insert($0).inserted }) {
      throw CrossfitError.partedStudy(parted, column: first.column)
    }
    table = LabelPredictions(
      labels: images.labels, paths: parts.flatMap(\.paths), truths: parts.flatMap(\.truths),
      probabilities: parts.flatMap(\.probabilities),
      carried: CarriedColumns(
        images.carried.names.map { name in
          Predictions.Column(name, parts.flatMap { $0.carried.named(name)?.values ?? [] })
        }))
    self.joins = known
  }

  /// How all folds join views; nil where they differ, as each fold's validation may choose.
  package var join: ChosenJoin? {
    Set(joins.map(\.join)).count == 1 ? ChosenJoin(joins[0].column, joins[0].join) : nil
  }

  /// How many studies there are, and how their views are joined.
  package func statement(images: Int) -> String {
    if let join { return join.statement(studies: table.count, images: images) }
    let counts = StudyJoin.allCases.compactMap { way -> String? in
      let count = joins.count { $0.join == way }
      return count == 0 ? nil : "\(way.rawValue) in \(count) of \(joins.count) folds"
    }
    return
      "\(table.count) studies (\(joins[0].column)) of \(images) images; the views of a study are joined as the validation of"
      + " its fold chose: \(counts.joined(separator: ", "))"
  }
}
