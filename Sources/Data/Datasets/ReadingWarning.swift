/// Something in the user's data that looks like an oversight. Facts only; ``description`` makes the
/// English and names no option of any command.
public enum ReadingWarning: Sendable, Equatable, Codable {
  /// A column without a role has values that repeat as those of patients do.
  case repeatsLikeGroup(column: String, values: Int, rows: Int)
  /// A column without a role holds words for parts of the data.
  case holdsSplitWords(column: String, words: [String])
  /// The images lie in folders that are called as splits are, and no column says a split.
  case splitFoldersInPaths([String])
  /// Classes whose names differ in case, in blanks and hyphens, or in how a number is written.
  case nearlyEqualClasses([String])
  /// A class or label whose name is made of others', as a list of them is.
  case joinedNames(String, parts: [String])
  /// Many images have a class of their own.
  case labelsHardlyRepeat(classes: Int, images: Int)
  /// A word for a missing value was read as a class or a group.
  case missingValueWord(String, role: ColumnRole, rows: Int)
  /// Tables that lie beside class folders and are not read.
  case tablesNotRead([String])
  /// Tar shards that lie beside images and are not read.
  case shardsNotRead([String])
  /// A column with the name of a label is read as a feature, for another one is the label.
  case labelNameAsFeature(column: String)
  /// A column of categories repeats as those of patients do.
  case categoriesLikeGroup(column: String, values: Int, rows: Int)
  /// A column of a table of features is no feature.
  case columnLeftOut(column: String, EncodedColumn.Reason)

  /// Whether a column was left alone that may have been meant: what ``ColumnNames/isStrict`` refuses.
  public var isAboutColumns: Bool {
    switch self {
    case .repeatsLikeGroup, .holdsSplitWords: true
    case .splitFoldersInPaths, .nearlyEqualClasses, .joinedNames, .labelsHardlyRepeat,
      .missingValueWord, .tablesNotRead, .shardsNotRead, .labelNameAsFeature, .categoriesLikeGroup,
      .columnLeftOut:
      false
    }
  }
}

extension ReadingWarning: CustomStringConvertible {
  /// What was found, and what follows from it.
  public var description: String {
    switch self {
    case .repeatsLikeGroup(let column, let values, let rows):
      "the column '\(column)' repeats like a group (\(values) values in \(rows) rows) and is left alone:"
        + " images of one value can come into different splits"
    case .holdsSplitWords(let column, let words):
      "the column '\(column)' holds the words of a split (\(words.joined(separator: ", "))) and is left"
        + " alone"
    case .splitFoldersInPaths(let folders):
      "the images lie in the folders \(folders.joined(separator: ", ")), but no column says a split:"
        + " the folders do not decide it"
    case .nearlyEqualClasses(let names):
      "the classes \(names.map { "'\($0)'" }.joined(separator: ", ")) differ only in spelling; write them"
        + " alike if they are one class"
    case .joinedNames(let name, let parts):
      "'\(name)' is read as one name, and \(parts.map { "'\($0)'" }.joined(separator: " and ")) are names too; where an image"
        + " has each of them, separate them by | or ;"
    case .labelsHardlyRepeat(let classes, let images):
      "\(classes) classes in \(images) images: the labels hardly repeat, as measurements and names of"
        + " single images do"
    case .missingValueWord(let word, let role, let rows):
      "'\(word)' is read as a \(role == .group ? "group" : "class") of \(rows)"
        + " \(rows == 1 ? "image" : "images"); "
        + (role == .group
          ? "leave the cell empty if the group is not known"
          : "remove the rows if the class is not known")
    case .tablesNotRead(let names):
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not read: the class folders"
        + " decide; name the table itself to read it"
    case .shardsNotRead(let names):
      "\(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? ", … (\(names.count) shards)" : "")"
        + " \(names.count == 1 ? "is" : "are") not read: the images beside"
        + " \(names.count == 1 ? "it" : "them") are; move the shards into a folder of their own to read them"
    case .labelNameAsFeature(let column):
      "the column '\(column)' has a name of labels and is read as a feature; leave it out if it says the"
        + " class"
    case .categoriesLikeGroup(let column, let values, let rows):
      "the column '\(column)' repeats like a group (\(values) values in \(rows) rows) and is read as a feature:"
        + " rows of one value can come into different splits"
    case .columnLeftOut(let column, let reason):
      "the column '\(column)' is left out: \(reason)"
    }
  }
}
