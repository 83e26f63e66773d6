/// Which columns of a table are meant, where the usual names of ``ColumnRole`` do not say it.
///
/// ```swift
/// let data = try Dataset.open("t.csv", columns: ColumnNames(label: "finding", group: "proband"))
/// ```
public struct ColumnNames: Sendable, Equatable, Codable {
  /// The column with the image; nil takes the usual names.
  public var path: String?
  /// The column with the class; nil takes the usual names.
  public var label: String?
  /// The column with what must stay together; nil takes the usual names.
  public var group: String?
  /// The column with the split; nil takes the usual names.
  public var split: String?
  /// One column a class or label, 1 where the image is of it and 0 elsewhere; a name with a star,
  /// such as `finding_*`, stands for all that begin and end so; empty takes the label column.
  public var labelColumns: [String]
  /// Columns of text in a table of features, which become features of the rows (``TextFeatures``).
  public var texts: [String]
  /// Columns of a table of features that are categories, also where their cells are numbers (``TableEncoding``).
  public var categories: [String]
  /// Columns that are features wherever they stand, also with a name of labels: those that a model was trained on. They need not be there.
  public var features: [String]
  /// Whether cells of features may be missing or words, which ``TableEncoding`` makes numbers of; else they are mistakes.
  public var takesCells: Bool
  /// Whether a column left alone that repeats like a group, or holds the words of a split, is an error
  /// and not a warning.
  public var isStrict: Bool

  /// A request from its parts.
  public init(
    path: String? = nil, label: String? = nil, group: String? = nil, split: String? = nil,
    labelColumns: [String] = [], texts: [String] = [], categories: [String] = [],
    features: [String] = [], takesCells: Bool = false, isStrict: Bool = false
  ) {
    self.path = path
    self.label = label
    self.group = group
    self.split = split
    self.labelColumns = labelColumns
    self.texts = texts
    self.categories = categories
    self.features = features
    self.takesCells = takesCells
    self.isStrict = isStrict
  }

  /// The column that is asked for in a role.
  public subscript(role: ColumnRole) -> String? {
    switch role {
    case .path: path
    case .label: label
    case .group: group
    case .split: split
    }
  }

  /// All columns that are asked for.
  public var all: [String] {
    ColumnRole.allCases.compactMap { self[$0] } + labelColumns + texts + categories
  }

  /// The columns that begin and end as a name with one star does, in their order.
  static func matching(_ pattern: String, in columns: [String]) -> [Int] {
    let parts = Blanks.trimmed(pattern).split(
      separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return [] }
    return columns.indices.filter { place in
      let name = columns[place]
      return name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
        && name.utf8.count > parts[0].utf8.count + parts[1].utf8.count
    }
  }
}
