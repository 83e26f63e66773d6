import Files

/// A column of a table, and what was fitted to it on the training rows.
public struct EncodedColumn: Sendable, Equatable, Codable {
  /// What becomes of its cells.
  public enum Kind: Sendable, Equatable, Codable {
    /// The number, where it is missing the median of the training rows, and with `hasIndicator` a second number that is 1 there;
    /// without a median NaN.
    case number(median: Double?, hasIndicator: Bool)
    /// A number for each level, 1 where it stands; one for all of `others`, where there are any; and with `hasMissing` one for a
    /// missing cell. A level that is none of them has 0 in all.
    case categories(levels: [String], others: [String], hasMissing: Bool)
    /// It is no feature.
    case leftOut(Reason)
  }

  /// Why a column is no feature. Facts only; ``description`` makes the English.
  public enum Reason: Sendable, Equatable, Codable {
    /// No training row has a cell that is not missing.
    case empty
    /// Nearly each row has words of its own, or there are too many levels.
    case nearlyUnique(levels: Int, rows: Int)
    /// All training rows have the same level.
    case constant(String)
    /// No level stands in enough training rows.
    case rare(least: Int)
  }

  /// Its name.
  public let name: String
  /// What becomes of its cells.
  public let kind: Kind

  /// A column of its parts.
  public init(name: String, kind: Kind) { (self.name, self.kind) = (name, kind) }

  /// What its numbers are called: `age`, `age: missing`; `sex = f`, `sex: other`.
  public var features: [String] {
    switch kind {
    case .number(_, let hasIndicator): [name] + (hasIndicator ? ["\(name): missing"] : [])
    case .categories(let levels, let others, let hasMissing):
      levels.map { "\(name) = \($0)" } + (others.isEmpty ? [] : ["\(name): other"])
        + (hasMissing ? ["\(name): missing"] : [])
    case .leftOut: []
    }
  }

  /// Whether its cells are levels.
  var isCategorical: Bool { if case .categories = kind { true } else { false } }

  /// Whether it is a number that stands as it is in a table without missing cells.
  var isPlain: Bool { if case .number(_?, false) = kind { true } else { false } }

  /// Writes the numbers of the cells into rows of `width` numbers.
  ///
  /// - Parameters:
  ///   - cells: `[N]`; a word in a column of numbers counts as missing, whoever opens a table has refused it.
  ///   - target: `[N, width]`, zeros where this column stands.
  ///   - start: where in a row the column begins.
  func write(_ cells: RowColumns.Cells, into target: inout [Float], from start: Int, width: Int) {
    switch kind {
    case .number(let median, let hasIndicator):
      let filler = median.map { Float($0) } ?? .nan
      for row in 0..<cells.count {
        let value = cells.number(row)
        target[row * width + start] = value ?? filler
        if hasIndicator, value == nil { target[row * width + start + 1] = 1 }
      }
    case .categories(let levels, let others, let hasMissing):
      var placeOf = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
      for other in others { placeOf[other] = levels.count }
      let missing = hasMissing ? levels.count + (others.isEmpty ? 0 : 1) : nil
      for row in 0..<cells.count {
        let place = cells.level(row).map { placeOf[$0] } ?? missing
        if let place { target[row * width + start + place] = 1 }
      }
    case .leftOut: break
    }
  }
}

extension RowColumns.Cells {
  /// The number of a row; nil where it is missing, or a word.
  func number(_ row: Int) -> Float? {
    switch self {
    case .numbers(let values): return values[row].isNaN ? nil : values[row]
    case .words(let words):
      guard case .number(let value) = TableCell(single: words[row]) else { return nil }
      return Float(value)
    }
  }

  /// The level of a row; nil where it is missing. Whoever reads a column of categories keeps its words.
  func level(_ row: Int) -> String? {
    switch self {
    case .numbers(let values): values[row].isNaN ? nil : "\(values[row])"
    case .words(let words): TableCell.level(words[row])
    }
  }
}
