import Files

/// A column of a table as numbers that a logistic head takes.
///
/// A column of numbers is one number, x, and a second that is 1 where it is missing, if that happened where the head was fitted;
/// x is then the mean. A column of words is a number for each word, 1 where it stands; a word that was not there in fitting is
/// none of them. What a cell says, and which columns are words, is read as in the rows of a network (`TableCell`).
///
/// Departs from the encoding of a network's rows, which has single precision, a median, and one number for all rare words: here
/// numbers are doubles, a mean leaves the column's own mean as it is, and the ridge keeps rare words small.
public struct FusionColumn: Sendable, Codable, Equatable {
  /// What the cells are.
  public enum Kind: Sendable, Codable, Equatable {
    /// Numbers, of this mean; some of them missing or none.
    case number(mean: Double, hasMissing: Bool)
    /// Words, in order.
    case category([String])
  }

  /// Its name.
  public let name: String
  /// What its cells are.
  public let kind: Kind

  /// Most words of a column of words.
  public static let mostWords = 50

  /// A column as it stands where a head is fitted: of words where half or more of the cells that are not missing are, else of
  /// numbers.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - cells: `[N]`.
  ///   - isCategory: whether numbers are words, as codes are.
  ///   - mayBeConstant: whether one value in all rows is no mistake, as in a fold of rows.
  /// - Throws: ``FusionError/constant(_:)``, ``FusionError/tooManyValues(_:count:limit:)``,
  ///   ``FusionError/wordAmongNumbers(_:word:count:)``.
  public init(
    _ name: String, fitting cells: [String], isCategory: Bool = false, mayBeConstant: Bool = false
  ) throws(FusionError) {
    self.name = name
    let words = Set(cells.map { TableCell.level($0) ?? "" })
    guard mayBeConstant || words.count > 1 else { throw .constant(name) }
    let read = cells.map(Self.read)
    if !isCategory, !TableCell.areCategories(read) {
      if let slip = read.firstIndex(of: .word) {
        throw .wordAmongNumbers(name, word: cells[slip], count: read.count { $0 == .word })
      }
      let numbers = cells.compactMap(Self.number)
      if !numbers.isEmpty {
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        kind = .number(mean: mean, hasMissing: numbers.count < cells.count)
        return
      }
    }
    guard words.count <= Self.mostWords else {
      throw .tooManyValues(name, count: words.count, limit: Self.mostWords)
    }
    kind = .category(words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  /// How many numbers a cell becomes.
  public var width: Int {
    switch kind {
    case .number(_, let hasMissing): hasMissing ? 2 : 1
    case .category(let words): words.count
    }
  }

  /// The numbers of a cell, `[width]`.
  public func encoded(_ cell: String) -> [Double] {
    switch kind {
    case .number(let mean, let hasMissing):
      let number = Self.number(cell)
      return [number ?? mean] + (hasMissing ? [number == nil ? 1 : 0] : [])
    case .category(let words):
      let word = Self.word(cell, among: words)
      return words.map { $0 == word ? 1 : 0 }
    }
  }

  /// Whether a cell is like those of the fitting: a number, or one of the words.
  public func knows(_ cell: String) -> Bool {
    switch kind {
    case .number(_, let hasMissing):
      Self.number(cell) != nil || hasMissing && TableCell(cell) == .missing
    case .category(let words): words.contains(Self.word(cell, among: words))
    }
  }

  /// What the cells are taken for.
  public var statement: String {
    switch kind {
    case .number(_, let hasMissing):
      return "\(name): numbers" + (hasMissing ? ", with a place for missing ones" : "")
    case .category(let words):
      let numbers = words.count { Self.number($0) != nil }
      let shown = words.prefix(6).map { $0.isEmpty ? "missing" : "'\($0)'" }
      return "\(name): \(words.count) words (\(shown.joined(separator: ", "))"
        + (words.count > shown.count ? ", …)" : ")")
        + (numbers > 0 ? ", \(numbers) of which are numbers" : "")
    }
  }

  /// What a cell says; a number whose square cannot be summed is a word.
  private static func read(_ cell: String) -> TableCell {
    let read = TableCell(cell)
    if case .number(let value) = read, abs(value) >= 1e140 { return .word }
    return read
  }

  private static func number(_ cell: String) -> Double? {
    if case .number(let value) = read(cell) { value } else { nil }
  }

  /// The word of a cell; empty where it is missing, and so for a `none` that the fit has not seen.
  private static func word(_ cell: String, among words: [String]) -> String {
    if words.contains(cell) { return cell }
    return TableCell(cell) == .missing ? "" : cell
  }
}
