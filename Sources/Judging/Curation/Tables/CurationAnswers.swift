public import Files
import Requirements

/// What a person made of a selection: `curation.csv`, and for whole clusters `clusters.csv`, with the columns `accept` and
/// `label` filled in.
///
/// A row is accepted where its own cell says yes; where that is empty, where its cluster's says yes; where that is empty too,
/// where it was selected. Yes for a cluster accepts its selected rows, no rejects all that have no answer of their own. The
/// label is the row's own answer, else its class so far, else that of its cluster. A proposal is never taken as an answer.
public struct CurationAnswers: Sendable, Equatable {
  /// A row that was accepted.
  public struct Row: Sendable, Equatable {
    /// What identifies it.
    public let path: String
    /// Its class; nil where nobody has said it.
    public let label: String?
    /// Its patient, or what else the data keep together; what it was clustered with is none.
    public let group: String?
    /// The part of the data that it is in, as the table has it; nil where it has none.
    public let split: String?
  }

  /// Accepted rows, in the order of the table.
  public let accepted: [Row]
  /// Rows that were selected and are not accepted.
  public let rejected: Int
  /// Rows that were not selected and are accepted.
  public let added: Int

  /// Reads tables of answers.
  ///
  /// - Parameters:
  ///   - file: a `curation.csv`.
  ///   - clusters: a `clusters.csv`; nil without answers for clusters.
  /// - Throws: `FileError`; ``CurationError`` naming file and line for an answer that is none, that is given twice, or about
  ///   a cluster that no row is of.
  public init(_ file: String, clusters: String? = nil) throws {
    let bulk = try clusters.map { try Self.answers($0, key: "cluster").byName } ?? [:]
    let table = try Self.answers(file, key: "path")
    var (accepted, rejected, added) = ([Row](), 0, 0)
    var used: Set<String> = []
    for row in table.rows {
      let cluster = row["cluster"].flatMap { bulk[$0] }
      if let name = cluster?["cluster"] { used.insert(name) }
      let isSelected = row["selected"] == "1"
      let own = row.accept ?? cluster?.accept.map { $0 && isSelected } ?? isSelected
      if own != isSelected { if own { added += 1 } else { rejected += 1 } }
      guard own else { continue }
      accepted.append(
        Row(
          path: row["path"] ?? "", label: row["label"] ?? row["given"] ?? cluster?["label"],
          group: row["patient"], split: row["split"]))
    }
    if let clusters,
      let stray = bulk.values.filter({ !used.contains($0["cluster"] ?? "") })
        .min(by: { $0.line < $1.line })
    {
      throw CurationError.noSuchCluster(
        file: clusters, line: stray.line, name: stray["cluster"] ?? "")
    }
    (self.accepted, self.rejected, self.added) = (accepted, rejected, added)
  }

  /// Accepted rows that have a class.
  public var labelled: [Row] { accepted.filter { $0.label != nil } }
  /// Accepted rows that have none yet.
  public var open: [Row] { accepted.filter { $0.label == nil } }

  /// Writes rows as a table that every command reads: `path`, `label` where they have one, and `group` and `split` where one is
  /// known.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public static func write(_ rows: [Row], to file: String) throws(FileError) {
    let known = [("label", \Row.label), ("group", \.group), ("split", \.split)].filter { column in
      rows.contains { $0[keyPath: column.1] != nil }
    }
    try DelimitedWriter.write(
      columns: ["path"] + known.map(\.0),
      rows: rows.lazy.map { row in [row.path] + known.map { row[keyPath: $0.1] ?? "" } }, to: file)
  }

  private static func answers(_ file: String, key: String) throws -> AnswerTable {
    var reader = try DelimitedReader(detecting: file)
    for column in [key, "accept"] where !reader.columns.contains(column) {
      throw CurationError.noColumn(
        column, file: file, nearest: nearest(to: column, among: reader.columns))
    }
    let names = reader.columns
    var table = AnswerTable()
    while let record = try reader.next() {
      let cells = Dictionary(
        zip(names, record.fields).filter { !$1.isEmpty }, uniquingKeysWith: { $1 })
      let answer = try Self.isYes(cells["accept"], file, record.line)
      let row = AnswerRow(line: record.line, cells: cells, accept: answer)
      let name = cells[key] ?? ""
      guard table.byName.updateValue(row, forKey: name) == nil else {
        throw CurationError.answeredTwice(file: file, line: record.line, name: name)
      }
      table.rows.append(row)
    }
    return table
  }

  private static func isYes(_ text: String?, _ file: String, _ line: Int) throws -> Bool? {
    guard let text else { return nil }
    switch text.lowercased() {
    case "yes", "y", "1", "true": return true
    case "no", "n", "0", "false": return false
    default: throw CurationError.badAnswer(file: file, line: line, text: text)
    }
  }
}

/// A row of answers; empty cells are not in it.
private struct AnswerRow {
  let line: Int
  let cells: [String: String]
  let accept: Bool?

  subscript(_ column: String) -> String? { cells[column] }
}

private struct AnswerTable {
  var rows: [AnswerRow] = []
  var byName: [String: AnswerRow] = [:]
}
