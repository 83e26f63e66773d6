import Files

/// Words with a score each, such as how glad or how sad a word is.
public struct Lexicon: Sendable, Equatable, Codable {
  /// What its features are called after: the name of its file without the ending.
  public let name: String
  /// The score of each word, in lower case as ``TextWords`` has it.
  public let scores: [String: Double]

  /// - Parameters:
  ///   - name: what its features are called after.
  ///   - scores: finite scores of words in lower case.
  package init(name: String, scores: [String: Double]) {
    (self.name, self.scores) = (name, scores)
  }

  /// Bytes that it takes in a model's file, at most: a word in quotes, which have a sign before them there, and a score of up to 24 signs.
  var mostBytes: Int { scores.keys.reduce(0) { $0 + $1.utf8.count + 30 } }

  /// What of a file is no part of the lexicon.
  public struct PassedOver: Sendable, Equatable {
    /// How many rows have no word or several, which no word of a text can be.
    public let count: Int
    /// The first of them.
    public let first: String
    /// Its line.
    public let line: Int
  }

  /// Reads a table with the columns `word` and `score`; others are left alone. A word is read as the words of texts are, so case
  /// does not count. A row whose entry is no single word, such as `:-)` or `well-being`, matches nothing and is passed over.
  ///
  /// - Parameter path: the table, `.csv` or `.tsv`.
  /// - Returns: the lexicon, and what was passed over.
  /// - Throws: ``LexiconError``; everything wrong with the rows is reported together.
  public static func read(
    _ path: String
  ) throws(LexiconError) -> (lexicon: Lexicon, passedOver: PassedOver?) {
    let (names, rows) = try table(path)
    func column(_ name: String) throws(LexiconError) -> Int {
      guard let place = names.firstIndex(where: { ColumnRole.folded($0) == name }) else {
        throw .noColumn(path: path, name: name, found: names)
      }
      return place
    }
    let (word, score) = (try column("word"), try column("score"))
    var (scores, lines) = ([String: Double](), [String: Int]())
    var (problems, others) = ([LexiconError.Entry](), [(text: String, line: Int)]())
    for row in rows {
      let words = TextWords(row.fields[word]).words
      guard words.count == 1, let key = words.first else {
        others.append((Blanks.trimmed(row.fields[word]), row.line))
        continue
      }
      let text = Blanks.trimmed(row.fields[score])
      if let first = lines[key] {
        problems.append(.init(line: row.line, problem: .twice(key, first: first)))
      } else if let value = Double(text), Float(value).isFinite {
        (scores[key], lines[key]) = (value, row.line)
      } else {
        lines[key] = row.line
        problems.append(.init(line: row.line, problem: .badScore(text, word: key)))
      }
    }
    guard problems.isEmpty else { throw .rows(path: path, problems) }
    guard !scores.isEmpty else { throw .noWord(path: path) }
    let passed = others.first.map {
      PassedOver(count: others.count, first: $0.text, line: $0.line)
    }
    return (Lexicon(name: FilePath.stem(of: path), scores: scores), passed)
  }

  private static func table(
    _ path: String
  ) throws(LexiconError) -> (names: [String], rows: [DelimitedRow]) {
    do throws(FileError) {
      var reader = try DelimitedReader(detecting: path, allowingUnnamed: true)
      let names = reader.columns.map(Blanks.trimmed)
      var rows: [DelimitedRow] = []
      while let row = try reader.next() { rows.append(row) }
      return (names, rows)
    } catch {
      throw .file(error)
    }
  }

  /// Lexicons of several files.
  ///
  /// - Parameter paths: the tables, in the order of their features.
  /// - Returns: the lexicons, and what of each was passed over.
  /// - Throws: ``LexiconError``, also for two files of one name.
  public static func read(
    _ paths: [String]
  ) throws(LexiconError) -> [(lexicon: Lexicon, passedOver: PassedOver?)] {
    var pathOfName: [String: String] = [:]
    for path in paths {
      let name = FilePath.stem(of: path)
      if let other = pathOfName.updateValue(path, forKey: name) {
        throw .sameName(name, paths: [other, path])
      }
    }
    var all: [(lexicon: Lexicon, passedOver: PassedOver?)] = []
    for path in paths { all.append(try read(path)) }
    return all
  }
}
