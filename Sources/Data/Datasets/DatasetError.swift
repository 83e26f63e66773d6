public import Files
public import Imaging

/// Why data could not be opened, labelled or split. Facts only; ``description`` makes the English.
public enum DatasetError: Error, Equatable, Sendable {
  /// A file could not be read or breaks its format.
  case file(FileError)
  /// An image did not decode.
  case image(ImageError, origin: String)
  /// A table has no column for what is needed.
  case missingColumn(path: String, role: String, found: [String], accepted: [String])
  /// There is no row or no image at all.
  case empty(path: String, expected: String)
  /// A file of a kind that is not data.
  case unknownKind(path: String)
  /// The folder that paths of a table are to start from is not there.
  case noImageRoot(String)
  /// A folder was given for the paths of a table, and the data are no table.
  case imageRootWithoutTable(path: String, root: String)
  /// A folder holds several tables and none was named.
  case severalTables(folder: String, tables: [String])
  /// Split folders stand beside other folders with images.
  case mixedFolders(path: String, splits: [String], others: [String])
  /// A class folder holds split folders; the split comes first.
  case splitsInsideClass(path: String, folders: [String])
  /// The only class is a folder of folders, which are the classes then.
  case classesTooDeep(folder: String, inner: [String])
  /// Some split folders hold a table, this one does not.
  case splitWithoutTable(folder: String, table: String)
  /// Training has fewer than two classes.
  case tooFewClasses([String])
  /// No example is in the split.
  case emptySplit(Split, present: [Split])
  /// Class names that the data do not have.
  case unknownClasses([String], known: [String])
  /// The splits share images or groups.
  case leakage(LeakageReport)
  /// A parameter of splitting or sub-sampling is out of range.
  case badParameter(name: String, value: String, expected: String)
  /// One or many problems with single images, rows or classes.
  case problems(DataProblems)
}

extension DatasetError: CustomStringConvertible {
  /// Which file or class, what is wrong, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .image(let error, let origin): "\(origin): \(error.description)"
    case .missingColumn(let path, let role, let found, let accepted):
      "\(path):1: no \(role) column; found: \(found.joined(separator: ", "));"
        + " accepted names: \(accepted.joined(separator: ", "))"
    case .empty(let path, let expected): "\(path): is empty, expected \(expected)"
    case .unknownKind(let path):
      "\(path): is not a data set; expected a folder with one folder per class, a table"
        + " (.csv, .tsv, .jsonl), a MedMNIST .npz, or a folder with IDX files"
    case .noImageRoot(let root):
      "image root \(root): no such folder; name the one that the paths of the table start from"
    case .imageRootWithoutTable(let path, let root):
      "image root \(root): only paths of a table start there, and \(path) is no table; leave it out"
    case .severalTables(let folder, let tables):
      "\(folder): holds several tables (\(tables.joined(separator: ", "))); name the one to use"
    case .mixedFolders(let path, let splits, let others):
      "\(path): has split folders (\(splits.joined(separator: ", "))) beside others with images"
        + " (\(others.joined(separator: ", "))); move them apart"
    case .splitsInsideClass(let path, let folders):
      "\(path): a class folder holds split folders (\(folders.joined(separator: ", ")));"
        + " put the split first, as in train/cat/1.jpg, or list the images in a table"
    case .classesTooDeep(let folder, let inner):
      "\(folder): would be the only class, and holds the folders \(Self.short(inner));"
        + " if these are the classes, name \(folder) itself or move them up"
    case .splitWithoutTable(let folder, let table):
      "\(folder): has no table, while \(table) describes another split; add one, or put a single"
        + " table beside the split folders"
    case .tooFewClasses(let found):
      "training holds \(found.isEmpty ? "no class" : "only the class '\(found[0])'");"
        + " a classifier needs at least two"
    case .emptySplit(let split, let present):
      "the data have no image in \(split); they have: \(list(present.map(\.rawValue)))"
    case .unknownClasses(let names, let known):
      "no such class: \(list(names)); the data have: \(list(known))"
    case .badParameter(let name, let value, let expected):
      "\(name): expected \(expected), got \(value)"
    case .leakage(let report):
      "the parts of the split share images or groups, so the numbers would flatter:\n\(report)\n"
        + "Correct the split, or allow the leakage and say so beside every number."
    case .problems(let problems): Self.text(problems)
    }
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
