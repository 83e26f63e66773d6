public import Files
public import Imaging
import Requirements

/// Why data could not be opened, labelled or split. Facts only; ``description`` makes the English.
public enum DatasetError: Error, Equatable, Sendable {
  /// A file could not be read or breaks its format.
  case file(FileError)
  /// An image did not decode.
  case image(ImageError, origin: String)
  /// A table has no column for what is needed; `likely` are columns whose cells look like it.
  case missingColumn(
    path: String, role: String, found: [String], accepted: [String], likely: [String])
  /// A column that was asked for is not in the table.
  case noSuchColumn(path: String, role: String, name: String, found: [String])
  /// A column was asked for in two roles.
  case columnTwice(path: String, column: String, roles: [String])
  /// Several columns say a split with yes and no.
  case severalSplitFlags(path: String, columns: [String])
  /// The first line of a table is a row.
  case noHeader(path: String, found: [String])
  /// Columns were left alone that may have been meant, and this was not to be.
  case strictColumns(path: String, [ReadingWarning])
  /// Columns were asked for, and the data are no table.
  case noTable(path: String, columns: [String])
  /// Tasks of Label Studio with their annotations, which are read in its plainer exports.
  case labelStudioTasks(path: String)
  /// A file of annotations has none, where images need labels.
  case noAnnotations(path: String)
  /// There is no row or no image at all.
  case empty(path: String, expected: String)
  /// There is no image, but files that may be images of another kind.
  case noImages(path: String, found: [UncountedFiles])
  /// A file of a kind that is not data.
  case unknownKind(path: String)
  /// A file that is something else than data.
  case foreignFile(path: String, kind: FileKind)
  /// The folder that paths of a table are to start from is not there.
  case noImageRoot(String)
  /// A folder was given for the paths of a table, and the data are no table.
  case imageRootWithoutTable(path: String, root: String)
  /// A table of labels was given for rows of features, and the data are none.
  case labelsWithoutRows(path: String, labels: String)
  /// A folder holds several tables and none was named.
  case severalTables(folder: String, tables: [String])
  /// Split folders stand beside other folders with images.
  case mixedFolders(path: String, splits: [String], others: [String])
  /// Some shards say a split by their names or folders, others none.
  case mixedShards(path: String, splits: [String], others: [String])
  /// A class folder holds split folders; the split comes first.
  case splitsInsideClass(path: String, folders: [String])
  /// The top folders hold the same folders, as splits do, and are not called as splits are.
  case looksLikeSplits(path: String, folders: [String], inner: [String])
  /// No folder says a class, but a table beside the folders may.
  case labelsInTable(path: String, folders: [String], tables: [String])
  /// The only class is a folder of folders, which are the classes then.
  case classesTooDeep(folder: String, inner: [String])
  /// Some split folders hold a table, this one does not.
  case splitWithoutTable(folder: String, table: String)
  /// Training has fewer than two classes.
  case tooFewClasses([String])
  /// Data that say one class an image were to be read as of several labels.
  case oneClassOnly(path: String, layout: Dataset.Layout)
  /// Data of several labels were given to who knows classes alone.
  case severalLabels(path: String, sign: String)
  /// No example is in the split.
  case emptySplit(Split, present: [Split])
  /// Class names that the data do not have.
  case unknownClasses([String], known: [String])
  /// Views of one study are of several groups; `count` studies are so, `groups` are those of one, empty where not known.
  case studiesAcrossGroups(column: String, count: Int, study: String, groups: [String])
  /// An example without a study is called as a study of others is.
  case studyNamedAsExample(column: String, study: String)
  /// Views of one study are in several parts; `count` studies are so, `parts` are those of one.
  case studiesAcrossParts(column: String, count: Int, study: String, parts: [Split])
  /// The splits share examples or groups.
  case leakage(LeakageReport)
  /// The splits share images that are the same picture again.
  case nearCopies(NearCopyReport)
  /// A parameter of splitting or sub-sampling is out of range.
  case badParameter(name: String, value: String, expected: String)
  /// The data are not of the kind that was asked for.
  case otherInput(path: String, input: InputKind, expected: String)
  /// Columns of text were named, and the data are no table of features.
  case textsWithoutTable(path: String, columns: [String])
  /// Columns of categories were named, and the data are no table of features.
  case categoriesWithoutTable(path: String, columns: [String])
  /// A table of texts has no column that names the rows, or one that names others, and the features have names.
  case unnamedTexts(path: String, column: String?, features: String, first: String)
  /// A folder holds several sets of series, or a part of one.
  case severalSets(folder: String, files: [String])
  /// Rows of numbers have no labels.
  case noLabels(path: String, expected: String)
  /// A table of labels has another number of rows than the features, and no column names these.
  case labelCount(path: String, labels: Int, features: String, rows: Int)
  /// A column of a table of labels names rows, and none of those that the features have names for.
  case otherRowNames(
    path: String, column: String, name: String, features: String, rows: Int, first: String)
  /// Rows of numbers were named beside other data.
  case rowsBesideOthers(path: String)
  /// One or many problems with single images, rows or classes.
  case problems(DataProblems)
}

extension DatasetError: CustomStringConvertible {
  /// Which file or class, what is wrong, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .image(let error, let origin): "\(origin): \(Self.reason(error, at: origin))"
    case .missingColumn(let path, let role, let found, let accepted, let likely):
      "\(path):1: no \(role) column; found: \(found.joined(separator: ", "));"
        + (likely.isEmpty ? "" : " by their cells it may be: \(likely.joined(separator: ", "));")
        + " known names: \(accepted.joined(separator: ", "))"
    case .noSuchColumn(let path, let role, let name, let found):
      "\(path):1: no column '\(name)' for the \(role);"
        + (nearest(to: name, among: found).map { " did you mean '\($0)'?" } ?? "")
        + " found: \(found.joined(separator: ", "))"
    case .columnTwice(let path, let column, let roles):
      "\(path):1: the column '\(column)' is asked for as \(roles.joined(separator: " and as "));"
        + " name another for one of them"
    case .severalSplitFlags(let path, let columns):
      "\(path):1: the columns \(columns.joined(separator: ", ")) each say a split; put it into one column"
        + " with the words train, val and test"
    case .noHeader(let path, let found):
      "\(path):1: the first line (\(found.joined(separator: ", "))) is a row; write a line with the names"
        + " of the columns before it, such as path,label"
    case .strictColumns(let path, let warnings):
      "\(path): columns are left alone that may be meant\n"
        + warnings.map(\.description).joined(separator: "\n")
    case .noTable(let path, let columns):
      "\(path): is no table, so it has no column \(columns.joined(separator: ", "))"
    case .labelStudioTasks(let path):
      "\(path): is Label Studio's JSON, in which labels stand deep inside; export JSON-MIN or CSV"
    case .noAnnotations(let path):
      "\(path): has no entry in 'annotations', so no image has a label; name the file that has the annotations"
    case .empty(let path, let expected): "\(path): is empty, expected \(expected)"
    case .unknownKind(let path):
      "\(path): is not a data set; expected a folder with one folder per class, a table"
        + " (.csv, .tsv, .jsonl, .json), COCO's annotations (.json), a MedMNIST .npz, a folder with IDX files, tar shards,"
        + " features (.npy, .npz, .safetensors, or a table with feature_0), or series (.ts)"
    case .noImages(let path, let found):
      "\(path): holds no image that is read, only \(found.map(\.description).joined(separator: ", "))"
    case .foreignFile(let path, let kind):
      "\(path): is \(kind), not a data set; \(kind.advice)"
    case .noImageRoot(let root):
      "image root \(root): no such folder; name the one that the paths of the table start from"
    case .imageRootWithoutTable(let path, let root):
      "image root \(root): only paths of a table start there, and \(path) is no table; leave it out"
    case .labelsWithoutRows(let path, let labels):
      "labels \(labels): they are joined to rows of features (.npy, .npz, .safetensors, .csv), and \(path) has"
        + " none; leave them out"
    case .severalTables(let folder, let tables):
      "\(folder): holds several tables (\(tables.joined(separator: ", "))); name the one to use"
    case .mixedFolders(let path, let splits, let others):
      "\(path): has split folders (\(splits.joined(separator: ", "))) beside others with images"
        + " (\(others.joined(separator: ", "))); move them apart"
    case .mixedShards(let path, let splits, let others):
      "\(path): the names of some shards say a split (\(Self.short(splits))), those of others none"
        + " (\(Self.short(others))); name all so, put each split into a folder of its own, or open them apart"
    case .splitsInsideClass(let path, let folders):
      "\(path): a class folder holds split folders (\(folders.joined(separator: ", ")));"
        + " put the split first, as in train/cat/1.jpg, or list the images in a table"
    case .looksLikeSplits(let path, let folders, let inner):
      "\(path): the folders \(Self.short(folders)) hold the same folders (\(Self.short(inner))), as splits"
        + " do, and are not called train, val and test; rename them so, or, if they are the classes, list"
        + " the images in a table"
    case .labelsInTable(let path, let folders, let tables):
      "\(path): no folder says a class"
        + (folders.isEmpty
          ? "" : " (\(Self.short(folders)) \(folders.count == 1 ? "holds" : "hold") images only)")
        + "; the labels may stand in \(Self.short(tables)): name that table"
    case .classesTooDeep(let folder, let inner):
      "\(folder): would be the only class, and holds the folders \(Self.short(inner));"
        + " if these are the classes, name \(folder) itself or move them up"
    case .splitWithoutTable(let folder, let table):
      "\(folder): has no table, while \(table) describes another split; add one, or put a single"
        + " table beside the split folders"
    case .tooFewClasses(let found):
      "training holds \(found.isEmpty ? "no class" : "only the class '\(found[0])'");"
        + " a classifier needs at least two"
    case .oneClassOnly(let path, let layout):
      "\(path): \(layout.rawValue) say one class an image; several labels stand in a table (a column of lists, or"
        + " --label-columns), in a MedMNIST .npz, or in features"
    case .severalLabels(let path, let sign):
      "\(path): its images may have several labels (\(sign)); train reads those, embed --no-labels their images, and"
        + " evaluate, decide, report and gate judge tables of them, but this command knows one class an image"
    case .emptySplit(let split, let present):
      "the data have no image in \(split); they have: \(list(present.map(\.rawValue)))"
    case .unknownClasses(let names, let known):
      "no such class: \(list(names)); the data have: \(list(known))"
    case .badParameter(let name, let value, let expected):
      "\(name): expected \(expected), got \(value)"
    case .studiesAcrossGroups(let column, let count, let study, let groups):
      "study column '\(column)': the study '\(study)' has images of several groups"
        + " (\(Self.short(groups.map { $0.isEmpty ? "none" : "'\($0)'" })))"
        + (count > 1 ? ", and so have \(count - 1) more" : "")
        + "; correct the rows, name what belongs together with --group-column, or, where studies are numbered within each"
        + " group, write the group into their names"
    case .studyNamedAsExample(let column, let study):
      "study column '\(column)': '\(study)' is a study and an example that names no study, so they could not be told apart; name the"
        + " study of the example, or call the study otherwise"
    case .studiesAcrossParts(let column, let count, let study, let parts):
      "study column '\(column)': the study '\(study)' has images in \(list(parts.map(\.rawValue)))"
        + (count > 1 ? ", and \(count - 1) more are parted" : "")
        + ", so it would be judged by some of its views; keep a study in one part"
    case .leakage(let report):
      "the parts of the split share examples or groups, so the numbers would flatter:\n\(report)\n"
        + "Correct the split, or allow the leakage and say so beside every number."
    case .nearCopies(let report):
      "the parts of the split share near copies, so the numbers would flatter:\n\(report)\n"
        + "Keep such images in one part, or take one of each pair away."
    case .otherInput(let path, let input, let expected):
      "\(path): is not read as \(input.rawValue); expected \(expected)"
    case .categoriesWithoutTable(let path, let columns):
      "\(path): columns of categories (\(Self.short(columns))) are read in tables of features (.csv, .tsv), and this is read as"
        + " something else; name such a table as features, or leave the columns of categories out"
    case .textsWithoutTable(let path, let columns):
      "\(path): columns of text (\(Self.short(columns))) are read in tables of features (.csv, .tsv), and this is read"
        + " as something else; name such a table as features, name another table that has the texts of these features by their"
        + " names, or leave the columns of text out"
    case .unnamedTexts(let path, let column, let features, let first):
      "\(path): \(column.map { "column \($0) names none of" } ?? "no column names") the rows of \(FilePath.name(of: features)), which are called like '\(first)'; expected one"
        + " such as 'path' or 'id' with these names, or, of features without names, as many rows in their order"
    case .severalSets(let folder, let files):
      "\(folder): holds \(Self.short(files)), expected one set, NAME_TRAIN.ts and NAME_TEST.ts; put each set"
        + " into a folder of its own, or name one file"
    case .noLabels(let path, let expected): "\(path): has no labels; expected \(expected)"
    case .labelCount(let path, let labels, let features, let rows):
      "\(path): has \(labels) \(labels == 1 ? "label" : "labels") for \(rows)"
        + " \(rows == 1 ? "row" : "rows") of \(features); give each row one, or name the rows in a column"
        + " 'path', such as '\(FilePath.name(of: features))#0'"
    case .otherRowNames(let path, let column, let name, let features, let rows, let first):
      "\(path): column \(column) names none of the \(rows) \(rows == 1 ? "row" : "rows") of"
        + " \(FilePath.name(of: features)) ('\(name)'; the rows are called like '\(first)'); write the ids as"
        + " they are there, or leave the column out to join in order"
    case .rowsBesideOthers(let path):
      "\(path): rows of numbers are read from one path at a time; name it alone"
    case .problems(let problems): Self.text(problems)
    }
  }

  /// Why an image is not read, without its name where `origin` ends with it.
  static func reason(_ error: ImageError, at origin: String) -> String {
    let text = error.description
    guard let colon = text.firstRange(of: ": ") else { return text }
    return origin.hasSuffix(text[..<colon.lowerBound]) ? String(text[colon.upperBound...]) : text
  }

  /// The first five names, and how many there are.
  private static func short(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", … (\(names.count))" : "")
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  private static func text(_ problems: DataProblems) -> String {
    let lines = problems.first.map(\.description).joined(separator: "\n")
    guard problems.count > problems.first.count else { return lines }
    return lines + "\n… and \(problems.count - problems.first.count) more"
      + " (\(problems.count) problems in all)"
  }
}
