/// Something in the user's data that was read another way than it is written, or that was not counted.
public enum ReadingNote: Sendable, Equatable, Codable {
  /// Blanks around names and cells were left out.
  case trimmed(cells: Int)
  /// Rows without a single entry were passed over.
  case emptyRows(Int)
  /// Paths with `\` were read with `/`.
  case backslashes(paths: Int)
  /// Addresses that begin with `file:` were read as paths.
  case fileAddresses(paths: Int)
  /// Addresses of Label Studio's server were read as paths.
  case labelStudioPaths(paths: Int)
  /// `%20` and the like in paths were read as the characters that they stand for.
  case percentDecoded(paths: Int)
  /// Paths without an extension are files with one of these.
  case withoutExtension(paths: Int, found: [String])
  /// Paths that begin with the name of the table's folder were read from the folder above.
  case fromFolderAbove(paths: Int)
  /// Files that are not where the table says were found by their names.
  case foundByName(paths: Int, folders: [String])
  /// A column numbers the folds of a cross-validation, which are not train, val and test.
  case numberedFolds(column: String, folds: Int)
  /// Annotations in COCO's form gave images their labels; `without` images have none, `unused` are categories of none.
  case annotations(
    images: Int, without: Int, annotations: Int, categories: Int, unused: [String])
  /// Columns of a one-hot table never have a 1.
  case classesWithoutImage([String])
  /// Words in a column of lists that say that an image has no label.
  case wordsForNoLabel([String])
  /// Labels of a model that lists of labels do not name.
  case labelsOfNone([String])
  /// Labels of the data that a model does not know.
  case labelsNotOfModel([String])
  /// No column says the group, so studies are kept together as groups are.
  case studiesAsGroups(column: String, studies: Int)
  /// Folders were taken for splits by a word of their names.
  case foldersAsSplits(folders: [String], splits: [Split])
  /// Files that are in the folder and not in the data.
  case notCounted([UncountedFiles])
  /// The folders or names of tar shards say the splits; `counts` shards are of each.
  case shardsAsSplits(splits: [Split], counts: [Int], byFolder: Bool)
  /// Links in tar shards, which name files that stand elsewhere, were passed over.
  case linksPassedOver(Int)
  /// A path to predict on that is no image was left out.
  case leftOut(path: String, reason: String)
  /// The data were taken for rows of numbers, and what spoke for it.
  case takenAs(InputKind, sign: String)
  /// Files were taken for splits by the ends of their names.
  case filesAsSplits(files: [String], splits: [Split])
  /// Tables that lie beside rows of numbers and are not read, and what says the labels.
  case tablesBeside([String], decides: String)
  /// Lines of a header that mean nothing here, by their first words.
  case headerNotRead([String])
  /// Labels of a file were joined to the rows by their names, in a column or array.
  case labelsByName(file: String, column: String, rows: Int)
  /// Labels of a file were joined to the rows one by one, for nothing names the rows.
  case labelsInOrder(file: String, rows: Int)
  /// Labels that lie beside rows of numbers were not read, for their number is another.
  case labelsNotJoined(file: String, labels: Int, rows: Int)
  /// Labels that lie beside rows of numbers were not read, for their column names none of the rows.
  case labelsOfOtherRows(file: String, column: String, rows: Int)
  /// Rows of numbers that a table of labels does not list were left out.
  case rowsNotListed(Int, first: String)
  /// Texts of another table were joined to the rows by their names, in a column.
  case textsByName(file: String, column: String, rows: Int)
  /// Texts of another table were joined to the rows one by one, for nothing names the rows.
  case textsInOrder(file: String, rows: Int)
  /// Rows of numbers that the table of texts does not have, so that their texts are empty.
  case rowsWithoutText(Int, first: String, file: String)
  /// Rows of a table of texts that are of no row of numbers.
  case textsOfOtherRows(file: String, rows: Int)
  /// Arrays of a file that mean nothing here.
  case arraysNotRead([String])
  /// Labels that stand in a file of features under this name were not read.
  case labelsInside(String, UnreadLabels)
  /// Labels that a table of corrections has set right, and examples that it left out.
  case corrected(file: String, labels: Int, leftOut: Int)
  /// What the columns of a table of features are, and how many have missing cells in the training part.
  case columnKinds(numbers: Int, categories: Int, withMissing: Int, leftOut: Int)
  /// Columns of numbers with missing cells in the training part; with `isKept` these stay missing.
  case missingNumbers(columns: [String], cells: Int, isKept: Bool)
  /// A column of categories; `joined` levels are too rare and count as one.
  case categories(column: String, levels: [String], joined: Int, hasMissing: Bool)
  /// Rows have levels that no training row has; an empty one is a missing cell.
  case unseenLevels(column: String, levels: [String], rows: Int)
  /// Rows have no number where all training rows have one, and take their median.
  case imputed(column: String, rows: Int, median: Double)
  /// Columns that the model was not trained on.
  case columnsNotOfModel([String])
}

extension ReadingNote: CustomStringConvertible {
  /// One sentence for the user, without a point.
  public var description: String {
    switch self {
    case .trimmed(let cells):
      "blanks at the beginning or end of \(count(cells, "name or cell", "names or cells")) do not count"
    case .emptyRows(let rows):
      "\(count(rows, "row", "rows")) without a single entry passed over"
    case .backslashes(let paths):
      "\(count(paths, "path", "paths")) with backslashes, read as slashes"
    case .fileAddresses(let paths):
      "\(count(paths, "file: address", "file: addresses")) read as \(paths == 1 ? "a path" : "paths")"
    case .labelStudioPaths(let paths):
      "\(count(paths, "address", "addresses")) of Label Studio read as"
        + " \(paths == 1 ? "a local file" : "local files")"
    case .percentDecoded(let paths):
      "\(count(paths, "path", "paths")) with codes such as %20, read as what they stand for"
    case .withoutExtension(let paths, let found):
      "\(count(paths, "path", "paths")) without an extension, found as"
        + " \(found.map { ".\($0)" }.joined(separator: ", "))"
    case .fromFolderAbove(let paths):
      "\(count(paths, "path begins", "paths begin")) with the name of the table's folder, read from the"
        + " folder above"
    case .foundByName(let paths, let folders):
      "\(count(paths, "image", "images")) found by name in \(short(folders))"
    case .numberedFolds(let column, let folds):
      "the column '\(column)' numbers \(folds) folds of a cross-validation, which are not train, val and"
        + " test; it is left alone"
    case .annotations(let images, let without, let annotations, let categories, let unused):
      "read as COCO's annotations: \(count(annotations, "annotation", "annotations")) of"
        + " \(count(categories, "category", "categories")) in \(count(images, "image", "images")), \(without) of them"
        + " without any"
        + (unused.isEmpty
          ? ""
          : "; no annotation is of \(quoted(unused)), so \(unused.count == 1 ? "it is no label" : "they are no labels")")
    case .classesWithoutImage(let names):
      "no image is of \(names.map { "'\($0)'" }.joined(separator: ", ")),"
        + " so \(names.count == 1 ? "it is no class" : "they are no classes")"
    case .wordsForNoLabel(let words):
      "\(words.map { "'\($0)'" }.joined(separator: ", ")) \(words.count == 1 ? "is" : "are") read as no label"
    case .labelsOfNone(let names):
      "no image has \(quoted(names)), which the lists of labels do not name"
    case .labelsNotOfModel(let names):
      "not judged, as the model does not know them: \(quoted(names))"
    case .studiesAsGroups(let column, let studies):
      "no column says the group, so the \(count(studies, "study", "studies")) of '\(column)' are the groups: a study stays in"
        + " one part, and is resampled as a whole"
    case .foldersAsSplits(let folders, let splits):
      "the folders hold the same classes and are taken for splits: "
        + zip(folders, splits).map { "\($0) is \($1)" }.joined(separator: ", ")
    case .notCounted(let files):
      "not counted: \(files.map(\.description).joined(separator: ", "))"
    case .shardsAsSplits(let splits, let counts, let byFolder):
      "the \(byFolder ? "folders" : "names") of the shards say the splits: "
        + zip(splits, counts).map { "\(count($1, "shard", "shards")) of \($0)" }.joined(
          separator: ", ")
    case .linksPassedOver(let links):
      "\(count(links, "link", "links")) in the shards passed over: what \(links == 1 ? "it names" : "they name") stands"
        + " elsewhere"
    case .leftOut(let path, let reason): "left out: \(path): \(reason)"
    case .corrected(let file, let labels, let leftOut):
      "\(count(labels, "label", "labels")) set right by \(file)"
        + (leftOut > 0 ? ", and \(count(leftOut, "example", "examples")) left out" : "")
    default: rowsText
    }
  }

  func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  func quoted(_ names: [String]) -> String {
    names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      + (names.count > 5 ? ", … (\(names.count))" : "")
  }

  func short(_ folders: [String]) -> String {
    folders.prefix(5).map { $0 == "." ? "the folder itself" : $0 }.joined(separator: ", ")
      + (folders.count > 5 ? ", … (\(folders.count) folders)" : "")
  }
}
