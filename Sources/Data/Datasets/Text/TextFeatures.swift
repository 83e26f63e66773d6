import Files
import Requirements

/// What turns columns of text into numbers: fitted to the training rows alone, and kept with the model.
///
/// Of each column: the components of its terms (``TruncatedSVD`` of hashed, weighted 1- and 2-grams), then mean, maximum and
/// coverage for each lexicon. Every row is turned by itself, so a row outside the training part changes no number of another.
///
/// ```swift
/// let text = try TextFeatures(fitting: rows, members: training, TextSettings(columns: ["essay"]))
/// let wider = try text.applied(to: rows)
/// ```
public struct TextFeatures: Sendable, Equatable, Codable {
  /// What was fitted to a column.
  struct Column: Sendable, Equatable, Codable {
    let name: String
    let terms: TermFeatures
    /// Of each lexicon.
    let lexicons: [LexiconFeatures]
  }

  /// What was fitted, column by column.
  let columns: [Column]
  /// Scores of words.
  public let lexicons: [Lexicon]

  /// Fits to the training rows.
  ///
  /// - Parameters:
  ///   - rows: with texts.
  ///   - members: the training rows.
  ///   - settings: which columns, and what becomes of them.
  ///   - lexicons: scores of words, in the order of their features.
  /// - Throws: ``TextError``; what is too large is refused before the components are made.
  /// - Precondition: the settings are in their ranges.
  public init(
    fitting rows: RowStore, members: [Int], _ settings: TextSettings, lexicons: [Lexicon] = []
  ) throws(TextError) {
    require(settings.isInRange, "TextFeatures: expected settings in their ranges, got \(settings)")
    try Self.check(lexicons)
    var columns: [Column] = []
    var (slots, bytes) = (0, 0)
    for name in settings.columns {
      let all = try Self.texts(name, rows)
      let texts = members.map { all[$0] }
      guard let counts = TermCounts(texts, width: settings.slots) else {
        throw .noWord(column: name)
      }
      slots += counts.slots.count
      bytes += counts.bytes(size: settings.size)
      guard bytes <= TextSettings.mostBytes else {
        throw .tooLarge(
          slots: slots, size: settings.size, bytes: bytes, most: TextSettings.mostBytes)
      }
      guard let terms = TermFeatures(counts, size: settings.size) else {
        throw .noWord(column: name)
      }
      columns.append(
        Column(name: name, terms: terms, lexicons: Self.fitted(lexicons, to: texts)))
    }
    (self.columns, self.lexicons) = (columns, lexicons)
  }

  /// The columns of text, in the order of their features.
  public var columnNames: [String] { columns.map(\.name) }

  /// What was fitted to a column, in numbers.
  public struct Summary: Sendable, Equatable {
    /// The column.
    public let name: String
    /// K.
    public let size: Int
    /// Part of the squared weights of the training texts that K directions hold, in `0...1`.
    public let share: Double
    /// Slots that a training text has.
    public let used: Int
    /// Slots there are.
    public let slots: Int
    /// Training texts.
    public let texts: Int
  }

  /// What was fitted, column by column.
  public var summaries: [Summary] {
    columns.map { column in
      let terms = column.terms
      return Summary(
        name: column.name, size: terms.size, share: terms.share, used: terms.slots.count,
        slots: terms.width, texts: terms.texts)
    }
  }

  /// SHA-256 of all that was fitted.
  public var digest: String {
    // All numbers are finite, so that they have a JSON form.
    SHA256.hexadecimal((try? JSONFile.encodeLine(self)) ?? [])
  }

  /// What the features are called, `[W]`: `essay: component 1`, `essay: joy mean`.
  public var names: [String] {
    columns.flatMap { column in
      (0..<column.terms.size).map { "\(column.name): component \($0 + 1)" }
        + lexicons.flatMap { lexicon in
          LexiconFeatures.names.map { "\(column.name): \(lexicon.name) \($0)" }
        }
    }
  }

  /// The rows with the features of their texts behind their own numbers.
  ///
  /// - Parameter rows: with the columns of text that this was fitted to.
  /// - Throws: ``TextError/missingColumn(_:found:)``.
  public func applied(to rows: RowStore) throws(TextError) -> RowStore {
    var parts: [(numbers: [Float], width: Int)] = []
    for column in columns {
      let texts = try Self.texts(column.name, rows)
      parts.append((column.terms.values(of: texts), column.terms.size))
      guard !lexicons.isEmpty else { continue }
      var scores: [Float] = []
      for text in texts {
        let words = TextWords(text).words
        for (lexicon, features) in zip(lexicons, column.lexicons) {
          scores += features.values(of: words, lexicon)
        }
      }
      parts.append((scores, lexicons.count * LexiconFeatures.names.count))
    }
    var made: [Float] = []
    made.reserveCapacity(rows.count * parts.reduce(0) { $0 + $1.width })
    for row in 0..<rows.count {
      for part in parts { made += part.numbers[row * part.width..<(row + 1) * part.width] }
    }
    return rows.adding(made, names: names)
  }

  private static func texts(_ name: String, _ rows: RowStore) throws(TextError) -> [String] {
    guard let texts = rows.texts?.column(name) else {
      throw .missingColumn(name, found: rows.texts?.names ?? [])
    }
    return texts
  }
}
