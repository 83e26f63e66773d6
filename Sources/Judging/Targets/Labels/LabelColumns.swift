import Evaluation
import Files
import Requirements

/// Which column of a table of several labels is what: a probability for each label, and the truth either as a
/// column for each or as one column of lists.
struct LabelColumns {
  /// Where the truth of a row comes from.
  enum Truth: Equatable {
    /// A column `true_<label>` for each label, `[L]`.
    case each([Int])
    /// One column of lists.
    case lists(Int)
  }

  /// What a header has, before it is judged.
  struct Found {
    /// Labels with a column of probabilities, in the order of the file, `[L]`.
    let labels: [String]
    /// Their columns, `[L]`.
    let scores: [Int]
    /// Their columns of the truth, `[L]`; `nil` where a label has none.
    let truths: [Int?]
    /// Labels with a truth and no probability.
    let withoutScore: [String]
    /// The column of lists, where there is one.
    let lists: Int?

    init(_ header: [String]) {
      func columns(_ prefix: String) -> [(label: String, column: Int)] {
        header.enumerated().compactMap { column, name in
          let isOne = name.count > prefix.count && name.lowercased().hasPrefix(prefix)
          return isOne ? (String(name.dropFirst(prefix.count)), column) : nil
        }
      }
      let (scored, known) = (columns("prob_"), columns("true_"))
      labels = scored.map(\.label)
      scores = scored.map(\.column)
      truths = scored.map { one in known.first { $0.label == one.label }?.column }
      withoutScore = known.map(\.label).filter { label in !scored.contains { $0.label == label } }
      lists = NamedColumns(header, file: "").first(PredictionColumns.truthNames)
    }

    /// Whether a row cannot be one of a single class.
    func isOfSeveral(_ record: DelimitedRecord) throws(FileError) -> Bool {
      if truths.contains(where: { $0 != nil }) {
        var (ones, unknown, zeros) = (0, 0, 0)
        for case let column? in truths {
          switch record.number(column) {
          case 1: ones += 1
          case 0: zeros += 1
          case -1: unknown += 1
          case nil: unknown += Label.isMissing(try record.text(column)) ? 1 : 0
          default: break
          }
        }
        let sum = scores.reduce(0.0) { $0 + (record.number($1) ?? .nan) }
        return ones > 1 || unknown > 0 && ones + zeros > 0
          || ones == 0 && zeros > 0 && abs(sum - 1) > 0.001
      }
      guard let lists else { return false }
      let text = try record.text(lists)
      guard !labels.contains(Label.trimmed(text)),
        let parts = try? LabelList.parts(text, among: labels)
      else { return false }
      return parts.count > 1 || text.contains("[")
    }
  }

  let id: Int
  let labels: [String]
  let scores: [Int]
  let truth: Truth
  /// Columns carried along.
  let carried: [Int]

  /// The columns of a table.
  ///
  /// - Throws: `FileError.malformedLine` where there is no column of the examples, no label, or a truth or a
  ///   probability is missing.
  init(_ header: [String], file: String) throws(FileError) {
    func wrong(_ reason: String) -> FileError {
      .malformedLine(path: file, line: 1, reason: reason)
    }
    id = try NamedColumns(header, file: file).place(
      PredictionColumns.idNames, of: "the examples")
    let found = Found(header)
    guard !found.labels.isEmpty else {
      throw wrong(
        "no column is named prob_<label>; a table of labels has one for each label, and true_<label> or one"
          + " column y_true of lists; got \(shortened(header))")
    }
    let lacking = found.labels.indices.filter { found.truths[$0] == nil }.map { found.labels[$0] }
    if lacking.count == found.labels.count, let lists = found.lists {
      truth = .lists(lists)
    } else if let label = lacking.first {
      throw wrong(
        "prob_\(label) has no column true_\(label); add it, with blanks where it is not known, or one column"
          + " y_true of lists (a|b) for all labels")
    } else if let label = found.withoutScore.first(where: {
      header.firstIndex(of: "true_\($0)") != found.lists
    }) {
      let near = nearest(to: label, among: found.labels).map { "; did you mean prob_\($0)?" } ?? ""
      throw wrong(
        "true_\(label) has no column prob_\(label); add it, or leave the truth out\(near)")
    } else {
      truth = .each(found.truths.compactMap { $0 })
    }
    (labels, scores) = (found.labels, found.scores)
    var used = Set(found.scores + [id])
    switch truth {
    case .each(let columns): used.formUnion(columns)
    case .lists(let column): used.insert(column)
    }
    carried = header.indices.filter { !used.contains($0) }
  }
}
