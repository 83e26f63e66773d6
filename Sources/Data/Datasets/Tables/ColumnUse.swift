/// What the columns of a table were taken for, and which were left alone: what `inspect` and `train`
/// print a line of each.
public struct ColumnUse: Sendable, Equatable, Codable {
  /// What one or more columns mean together.
  public struct Entry: Sendable, Equatable, Codable {
    /// The columns; empty where the folders of the images say it.
    public let columns: [String]
    /// What they mean.
    public let role: ColumnRole
    /// What a column of yes and no says with each; nil for a column of words.
    public let yesNo: [Split]?
    /// Whether an image may have several of them; nil of classes.
    public let areSeveral: Bool?

    init(
      _ columns: [String], _ role: ColumnRole, yesNo: [Split]? = nil, areSeveral: Bool = false
    ) {
      self.columns = columns
      self.role = role
      self.yesNo = yesNo
      self.areSeveral = areSeveral ? true : nil
    }
  }

  /// The table.
  public let table: String
  /// The columns with a meaning.
  public private(set) var used: [Entry]
  /// The other columns, in file order.
  public let leftAlone: [String]
  /// How many columns are numbers of each row; nil in a table of images.
  public let features: Int?
  /// The columns of text of which features are made; nil where there are none.
  public let texts: [String]?

  /// - Parameters:
  ///   - splitByFolder: whether the folders of the images say the split.
  ///   - features: how many columns are numbers of each row.
  ///   - texts: the columns of text.
  ///   - others: those of the numbers that are in `table`.
  ///   - areLabels: whether an image may have several labels.
  init(
    _ table: ImageTable, _ columns: ManifestColumns, splitByFolder: Bool = false,
    features: Int? = nil, texts: [Int] = [], besides others: Set<Int> = [],
    areLabels: Bool = false
  ) {
    var used = columns.path.map { [Entry([table.name($0)], .path)] } ?? []
    switch columns.label {
    case .none: break
    case .column(let index):
      used.append(Entry([table.name(index)], .label, areSeveral: areLabels))
    case .oneHot(let indices):
      used.append(Entry(indices.map(table.name), .label, areSeveral: areLabels))
    case .folder: used.append(Entry([], .label))
    }
    if let group = columns.group { used.append(Entry([table.name(group)], .group)) }
    switch columns.split {
    case nil where splitByFolder: used.append(Entry([], .split))
    case nil: break
    case .words(let index)?: used.append(Entry([table.name(index)], .split))
    case .flag(let index, let yes, let no)?:
      used.append(Entry([table.name(index)], .split, yesNo: [yes, no]))
    }
    self.table = table.path
    self.used = used
    self.features = features
    self.texts = texts.isEmpty ? nil : texts.map(table.name)
    let taken = columns.used.union(others).union(texts)
    leftAlone = table.columns.indices.filter { !taken.contains($0) }.map(table.name)
  }

  /// The same where the folder of the table says the split.
  func dividedByFolder() -> ColumnUse {
    var use = self
    if !used.contains(where: { $0.role == .split }) { use.used.append(Entry([], .split)) }
    return use
  }

  /// The same where the names of the shards say the split.
  func dividedByShardNames() -> ColumnUse {
    var use = self
    use.used.append(Entry(["the name of each shard"], .split))
    return use
  }

  /// `image_id as path, dx as label, lesion_id as group; no split`.
  public var usedText: String {
    // Rows of numbers need no name.
    let missing = ColumnRole.allCases.filter { role in
      role != .path && !used.contains { $0.role == role }
    }
    let numbers = features.map { ["\($0) \($0 == 1 ? "column" : "columns") as features"] } ?? []
    let words = (texts ?? []).map { "\($0) as text" }
    return (used.map(\.description) + numbers + words).joined(separator: ", ")
      + (missing.isEmpty ? "" : "; no \(missing.map(\.rawValue).joined(separator: ", no "))")
  }

  /// `age, sex`, or `none`.
  public var leftAloneText: String {
    leftAlone.isEmpty ? "none" : leftAlone.joined(separator: ", ")
  }
}

extension ColumnUse.Entry: CustomStringConvertible {
  /// `dx as label`.
  public var description: String {
    switch columns.count {
    case 0: "the folder of each image as \(role.rawValue)"
    case 1:
      "\(columns[0]) as \(areSeveral == true ? "lists of labels" : role.rawValue)"
        + (yesNo.map { " (yes is \($0[0].rawValue), no is \($0[1].rawValue))" } ?? "")
    default:
      areSeveral == true
        ? "\(columns.joined(separator: ", ")) as labels, one column a label"
        : "\(columns.joined(separator: ", ")) as \(role.rawValue), one column a class"
    }
  }
}
