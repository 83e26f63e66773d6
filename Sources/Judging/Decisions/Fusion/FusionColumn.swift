import Evaluation

/// A column of a table as numbers that a logistic head takes.
///
/// A column of numbers is one number, x, and a second that is 1 where it is missing, if that happened where the head was fitted;
/// x is then the mean. A column of words is a number for each word, 1 where it stands; a word that was not there in fitting is
/// none of them.
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

  /// A column as it stands where a head is fitted: of numbers where every cell that is not missing is one.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - cells: `[N]`.
  ///   - isCategory: whether numbers are words, as codes are.
  ///   - mayBeConstant: whether one value in all rows is no mistake, as in a fold of rows.
  /// - Throws: ``FusionError/constant(_:)``, ``FusionError/tooManyValues(_:count:limit:word:)``.
  public init(
    _ name: String, fitting cells: [String], isCategory: Bool = false, mayBeConstant: Bool = false
  ) throws(FusionError) {
    self.name = name
    guard mayBeConstant || Set(cells.map { Label.isMissing($0) ? "" : $0 }).count > 1 else {
      throw .constant(name)
    }
    let numbers = cells.compactMap(Self.number)
    if !isCategory, numbers.count == cells.count(where: { !Label.isMissing($0) }), !numbers.isEmpty
    {
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      kind = .number(mean: mean, hasMissing: numbers.count < cells.count)
      return
    }
    let words = Set(cells.map { Label.isMissing($0) ? "" : $0 })
    guard words.count <= Self.mostWords else {
      let word = numbers.isEmpty || isCategory ? nil : cells.first { !Self.isNumberOrMissing($0) }
      throw .tooManyValues(name, count: words.count, limit: Self.mostWords, word: word)
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
      let word = Label.isMissing(cell) ? "" : cell
      return words.map { $0 == word ? 1 : 0 }
    }
  }

  /// Whether a cell is like those of the fitting: a number, or one of the words.
  public func knows(_ cell: String) -> Bool {
    switch kind {
    case .number(_, let hasMissing): Self.number(cell) != nil || hasMissing && Label.isMissing(cell)
    case .category(let words): words.contains(Label.isMissing(cell) ? "" : cell)
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

  private static func isNumberOrMissing(_ cell: String) -> Bool {
    Label.isMissing(cell) || number(cell) != nil
  }

  /// A number whose square can be summed.
  private static func number(_ cell: String) -> Double? {
    guard !Label.isMissing(cell), let number = Double(cell), abs(number) < 1e140 else { return nil }
    return number
  }
}
