/// How the columns of a table become numbers.
public struct ColumnSettings: Sendable, Equatable {
  /// Most levels of a column that is found to be one of categories; one with more is taken for ids or free text.
  public static let mostLevels = 50
  /// So few levels are categories also where half of the rows have one of their own.
  static let fewLevels = 10
  /// Most levels of a column that is named as one of categories.
  public static let mostNamedLevels = 1000

  /// Columns that are categories, also where their cells are numbers.
  public var categories: [String]
  /// Training rows that a level has at least, from 1; those with fewer are joined into one.
  public var least: Int
  /// Whether a missing number stays NaN, without a median and an indicator, for who splits at it.
  public var keepsMissing: Bool

  /// Settings of their parts.
  public init(categories: [String] = [], least: Int = 5, keepsMissing: Bool = false) {
    (self.categories, self.least, self.keepsMissing) = (categories, least, keepsMissing)
  }
}
