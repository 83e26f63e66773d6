import Evaluation
import Files
import Requirements

/// The classes that examples were given, as class numbers, with what names there are.
public struct GivenLabels: Sendable, Equatable {
  /// Class numbers, `[N]`.
  public var given: [Int32]
  /// Names of the classes in the order of the probabilities, `[C]`.
  public var classes: [String]
  /// What identifies each example, `[N]`; nil where only its row does.
  public var paths: [String]?
  /// Whether the labels were read as names and would be other classes were they read as class numbers.
  public private(set) var isAmbiguous = false

  /// Labels of their parts: class numbers `[N]`, names of the classes `[C]`, and what identifies the examples, `[N]`.
  public init(given: [Int32], classes: [String], paths: [String]? = nil) {
    (self.given, self.classes, self.paths) = (given, classes, paths)
  }

  /// The first path that stands twice, its rows, and how many more rows have a path that stood before; nil where each
  /// stands once.
  public var repeated: (path: String, first: Int, second: Int, others: Int)? {
    var rows: [String: Int] = [:]
    var found: (path: String, first: Int, second: Int, others: Int)?
    for (row, path) in (paths ?? []).enumerated() {
      guard let before = rows[path] else {
        rows[path] = row
        continue
      }
      found = found.map { ($0.path, $0.first, $0.second, $0.others + 1) } ?? (path, before, row, 0)
    }
    return found
  }

  /// Reads labels: a `.npy` array of whole numbers or texts, `[N]`, or a table with a column `label`, `given`, `y_true`, …
  /// and, where it has one, `path`.
  ///
  /// Labels that are all among `names` are names; otherwise all are class numbers in `0..<C`. So numbers from 0 on are class
  /// numbers beside classes that are called 1, 2 and 3, unless none of them is 0: see ``isAmbiguous``.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - names: names of the classes in the order of the probabilities, `[C]`; nil where labels are class numbers.
  ///   - classes: `C`.
  /// - Throws: `FileError` naming the file; ``AuditError`` naming the first row that is no class, or a name that two classes have.
  public static func read(_ path: String, names: [String]?, classes: Int) throws -> GivenLabels {
    if let names, names.count != classes {
      throw AuditError.otherNames(names: names.count, classes: classes)
    }
    var seen: Set<String> = []
    if let twice = names?.first(where: { !seen.insert($0).inserted }) {
      throw AuditError.nameTwice(twice)
    }
    let (texts, paths) =
      FilePath.fileExtension(of: path) == "npy"
      ? (try NpyNames.parse(FileBytes.read(path), name: path), nil) : try table(path)
    let places = (names ?? []).enumerated().reduce(into: [String: Int32]()) {
      $0[$1.element] = Int32($1.offset)
    }
    let numbers = texts.map { text in
      Int32(text).flatMap { (0..<Int32(classes)).contains($0) ? $0 : nil }
    }
    let named = texts.map { places[$0] }
    let areNames = names != nil && named.allSatisfy { $0 != nil }
    let given = try texts.indices.map { row in
      if let place = areNames ? named[row] : numbers[row] { return place }
      // Where some are names, what is none is a mistake, whether it is a number or not.
      let isMixed = named.contains { $0 != nil }
      if let names, isMixed || Int32(texts[row]) == nil {
        let row = isMixed ? named.firstIndex(of: nil) ?? row : row
        throw AuditError.unknownName(
          row: row, label: texts[row],
          nearest: Requirements.nearest(to: texts[row], among: names))
      }
      throw AuditError.noSuchClass(row: row, label: texts[row], classes: classes)
    }
    var labels = GivenLabels(
      given: given, classes: names ?? (0..<classes).map(String.init), paths: paths)
    labels.isAmbiguous = areNames && numbers.allSatisfy { $0 != nil } && numbers != named
    return labels
  }

  private static func table(_ path: String) throws(FileError) -> ([String], [String]?) {
    var reader = try DelimitedReader(detecting: path)
    let columns = reader.columns.map { $0.lowercased() }
    let names = ["given", "given_label", "label", "y_true", "labels", "target", "class", "y"]
    guard let label = names.lazy.compactMap({ columns.firstIndex(of: $0) }).first else {
      throw .malformedLine(
        path: path, line: 1,
        reason: "has no column of labels, expected one of \(names.joined(separator: ", "))")
    }
    let place = ["path", "file", "file_name", "filename", "image", "id"].lazy
      .compactMap { columns.firstIndex(of: $0) }.first
    var (labels, paths): ([String], [String]) = ([], [])
    while let row = try reader.next() {
      labels.append(row.fields[label])
      if let place { paths.append(row.fields[place]) }
    }
    return (labels, place == nil ? nil : paths)
  }
}
