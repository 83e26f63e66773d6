import Files
import Requirements

/// What turns the columns of a table into numbers: fitted to the training rows alone, and kept with the model.
///
/// A missing number is the median of the training rows, with an indicator beside it where the training rows have missing ones; a
/// column of categories is one-hot over the levels of the training rows. Every row is turned by itself, so a row outside the
/// training part changes no number of another. Where each column of a later table stands does not matter.
///
/// ```swift
/// let encoding = try data.fittedEncoding(ColumnSettings(categories: ["grade"]))
/// let ready = try data.encoded(by: encoding)
/// ```
public struct TableEncoding: Sendable, Equatable, Codable {
  /// What was fitted, column by column, those that are left out too.
  public let columns: [EncodedColumn]

  /// An encoding of its columns.
  init(_ columns: [EncodedColumn]) { self.columns = columns }

  /// What the numbers are called, `[W]`.
  public var names: [String] { columns.flatMap(\.features) }

  /// The columns of categories, whose cells are to be read as they stand.
  public var categories: [String] { columns.filter(\.isCategorical).map(\.name) }

  /// The columns of which features are made.
  public var used: [String] { columns.filter { !$0.features.isEmpty }.map(\.name) }

  /// Whether each column is a number that stands as it is, as in a table of numbers alone.
  public var isPlain: Bool { columns.allSatisfy(\.isPlain) }

  /// SHA-256 of all that was fitted.
  public var digest: String {
    // All numbers are finite, so that they have a JSON form.
    SHA256.hexadecimal((try? JSONFile.encodeLine(self)) ?? [])
  }

  /// The rows with the numbers of their columns behind their own.
  ///
  /// - Parameter rows: their words in columns of numbers are refused before, by ``Dataset/encoded(by:)``.
  /// - Throws: ``EncodingError/missingColumn(_:found:)``.
  func applied(to rows: RowStore) throws(EncodingError) -> RowStore {
    let names = self.names
    var made = [Float](repeating: 0, count: rows.count * names.count)
    var start = 0
    for column in columns {
      if case .leftOut = column.kind { continue }
      guard let found = rows.columns?.column(column.name) else {
        throw .missingColumn(column.name, found: rows.columns?.names ?? rows.names)
      }
      column.write(found.cells, into: &made, from: start, width: names.count)
      start += column.features.count
    }
    return rows.adding(made, names: names, columns: rows.columns?.keeping(columns.map(\.name)))
  }
}

extension TableEncoding {
  /// Why it is of no use, if it is of none: anyone may have written the file.
  public var problem: String? {
    let all = columns.map(\.name)
    guard !columns.isEmpty, Set(all).count == all.count else {
      return "expected columns of different names, got \(all.prefix(8))"
    }
    for column in columns {
      switch column.kind {
      case .number(let median, let hasIndicator):
        guard median.map({ Float($0).isFinite }) ?? !hasIndicator else {
          return "\(column.name): expected a finite median, got \(median.map { "\($0)" } ?? "none")"
        }
      case .categories(let levels, let others, _):
        let both = levels + others
        guard !both.isEmpty, Set(both).count == both.count else {
          return "\(column.name): expected levels that differ, got \(both.prefix(8))"
        }
      case .leftOut: break
      }
    }
    return nil
  }
}
