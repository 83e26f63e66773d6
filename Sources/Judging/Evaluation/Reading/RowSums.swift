import Files
import Requirements

/// Probabilities that do not sum to 1.
public struct UnnormalizedRows: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the sums look like.
  public enum Kind: Sendable, Equatable {
    /// Numbers of so many digits, rounded.
    case rounded(digits: Int)
    /// Scores of classes that do not exclude each other.
    case independent
    /// Columns with the bare names of classes, of which some may be none.
    case bare
    /// Anything else.
    case other
  }

  /// The file, as it was named.
  public let file: String
  /// Line of the first such row.
  public let line: Int
  /// Its example.
  public let path: String
  /// Its sum.
  public let sum: Double
  /// The columns.
  public let columns: [String]
  /// Number of such rows.
  public let rows: Int
  /// Number of all rows.
  public let total: Int
  /// Least of the sums.
  public let low: Double
  /// Greatest of the sums.
  public let high: Double
  /// What they look like.
  public let kind: Kind

  /// What is wrong, and what to do.
  public var description: String { described(dividing: "divide each row by its sum") }

  /// What is wrong, and what to do.
  ///
  /// - Parameters:
  ///   - dividing: How each row is divided by its sum, in the imperative.
  ///   - labels: How a table is judged as one of several labels, to stand behind that it is to be; empty says no more.
  public func described(dividing: String, labels: String = "") -> String {
    "\(file):\(line): '\(path)': expected probabilities that sum to 1, got a sum of \(short(sum)) over"
      + " \(shortened(columns))"
      + (rows > 1 ? ", as in \(rows) of \(total) rows, from \(short(low)) to \(short(high))" : "")
      + "; \(advice(dividing, labels))"
  }

  private func advice(_ dividing: String, _ labels: String) -> String {
    switch kind {
    case .rounded(let digits):
      return
        "they look rounded to \(digits) \(digits == 1 ? "digit" : "digits"): write more digits,"
        + " or \(dividing)"
    case .independent:
      return "independent (sigmoid) scores? Where the classes exclude each other, \(dividing);"
        + " where an image may have several labels, each needs a truth of its own, in a column true_<label>, and the table is to"
        + " be judged as one of labels\(labels.isEmpty ? "" : " " + labels); logits are read from columns logit_<class>"
    case .bare:
      return "if not all of these are classes, name those that are prob_<class>"
    case .other:
      return "\(dividing), or name the columns logit_<class> if they are logits"
    }
  }
}

/// Checks, or makes, that each row of probabilities sums to 1.
struct RowSums {
  private let renormalizes: Bool
  private let isBare: Bool
  private var first: (line: Int, path: String, sum: Double)?
  private var rows = 0
  private var (low, high) = (Double.infinity, -Double.infinity)
  /// The most digits of a row, as long as rounding to them explains every sum.
  private var digits: Int?
  private var isRounded = true

  init(renormalizes: Bool, isBare: Bool) {
    (self.renormalizes, self.isBare) = (renormalizes, isBare)
  }

  /// Takes in the next row, and divides it by its sum where that is wanted.
  ///
  /// - Parameters:
  ///   - row: Its probabilities, `[C]`.
  ///   - record: Where they were read.
  ///   - columns: From these columns.
  ///   - path: Its example.
  /// - Throws: `FileError.malformedLine` for a row of zeros that is to be divided by its sum.
  mutating func add(
    _ row: inout ArraySlice<Double>, _ record: DelimitedRecord, _ columns: [Int], path: String
  ) throws(FileError) {
    let sum = row.reduce(0, +)
    if renormalizes {
      guard sum > 0 else {
        throw .malformedLine(
          path: record.file, line: record.line,
          reason: "'\(path)': every score is 0, so that there is no sum to divide by")
      }
      for place in row.indices { row[place] /= sum }
    }
    guard abs(sum - 1) > Predictions.tolerance else { return }
    rows += 1
    (low, high) = (min(low, sum), max(high, sum))
    guard !renormalizes else { return }
    first = first ?? (record.line, path, sum)
    if isRounded { try look(record, columns, sum) }
  }

  /// Rounding to `d` digits moves a sum of `C` numbers by at most `C/2 · 10^−d`.
  private mutating func look(
    _ record: DelimitedRecord, _ columns: [Int], _ sum: Double
  ) throws(FileError) {
    var most = 0
    for column in columns {
      let text = Label.trimmed(try record.text(column))
      guard let point = text.firstIndex(of: "."), text.allSatisfy({ $0.isNumber || $0 == "." })
      else {
        if text.contains(where: { !$0.isNumber }) { return isRounded = false }
        continue
      }
      most = max(most, text.distance(from: point, to: text.endIndex) - 1)
    }
    var step = 1.0
    for _ in 0..<most { step /= 10 }
    isRounded =
      (1...5).contains(most) && abs(sum - 1) <= Double(columns.count) * step / 2 * 1.000001
    digits = max(digits ?? 0, most)
  }

  /// Whether rows were divided by their sums, and which sums they had; `nil` where all were 1 already.
  var said: ReadingStatement? {
    renormalizes && rows > 0 ? .renormalized(rows: rows, low: low, high: high) : nil
  }

  /// What is wrong; `nil` where nothing is.
  func problem(_ file: String, _ columns: [String], total: Int) -> UnnormalizedRows? {
    guard let first else { return nil }
    let kind: UnnormalizedRows.Kind =
      isRounded && digits != nil
      ? .rounded(digits: digits ?? 0)
      : isBare ? .bare : max(high - 1, 1 - low) > 0.1 && rows > 1 ? .independent : .other
    return UnnormalizedRows(
      file: file, line: first.line, path: first.path, sum: first.sum, columns: columns, rows: rows,
      total: total, low: low, high: high, kind: kind)
  }
}
