/// What the columns of one table are taken for, and how each cell is to be read.
struct ManifestColumns: Equatable {
  /// Where the class of a row stands.
  enum Label: Equatable {
    /// Nowhere: images to predict on.
    case none
    /// In a column, as a name or a number.
    case column(Int)
    /// In several columns, the one with a 1.
    case oneHot([Int])
    /// In the folder of the image, below a split folder where there are any.
    case folder
  }

  /// How a column says the split.
  enum SplitColumn: Equatable {
    /// With the names of splits that ``Split/init(synonym:)`` knows.
    case words(Int)
    /// With yes and no, as `is_valid` does.
    case flag(Int, yes: Split, no: Split)

    var index: Int {
      switch self {
      case .words(let index), .flag(let index, _, _): index
      }
    }
  }

  /// The image; nil in a table of numbers whose rows have no name.
  var path: Int?
  var label: Label
  var group: Int?
  var split: SplitColumn?

  /// What messages call the role of a column that has one.
  func noun(of column: Int) -> String {
    if column == path { return ColumnRole.path.noun }
    if column == group { return ColumnRole.group.noun }
    return column == split?.index ? ColumnRole.split.noun : ColumnRole.label.noun
  }

  /// The columns with a role.
  var used: Set<Int> {
    var used = Set([path].compactMap(\.self))
    switch label {
    case .column(let index): used.insert(index)
    case .oneHot(let indices): used.formUnion(indices)
    case .none, .folder: break
    }
    if let group { used.insert(group) }
    if let split { used.insert(split.index) }
    return used
  }
}
