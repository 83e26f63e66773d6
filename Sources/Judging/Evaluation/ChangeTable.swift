public import Files
import Requirements

/// Counts of true against reported change, image by image.
public struct ChangeTable: Sendable, Equatable {
  /// Names of the classes, `unchanged` first, the others in sorted order, `[C]`.
  public let classes: [String]
  /// Names of the images, `[N]`.
  public let images: [String]
  /// What belongs together (a scene, a patient), `[N]`; `nil` where it is not stated.
  public let groups: [String]?
  /// Name of the column that said so.
  public let groupColumn: String?
  /// Truth against report of each image, `[N]`.
  public let confusions: [ConfusionMatrix]

  /// A table of its parts.
  ///
  /// - Parameters:
  ///   - classes: Names, the one that means no change first, `[C]`.
  ///   - images: Names of the images, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` where it is not stated.
  ///   - groupColumn: Name of the column that said so.
  ///   - confusions: Truth against report of each image, `[N]`, each `[C, C]`.
  /// - Precondition: the lengths agree.
  public init(
    classes: [String], images: [String], groups: [String]? = nil, groupColumn: String? = nil,
    confusions: [ConfusionMatrix]
  ) {
    require(
      confusions.count == images.count && groups?.count ?? images.count == images.count
        && confusions.allSatisfy { $0.classes == classes.count },
      "ChangeTable: expected \(images.count) matrices of \(classes.count) classes and as many groups"
    )
    (self.classes, self.images) = (classes, images)
    (self.groups, self.groupColumn) = (groups, groupColumn)
    self.confusions = confusions
  }

  /// Truth against report, summed over all images.
  public var total: ConfusionMatrix {
    confusions.reduce(into: ConfusionMatrix(classes: classes.count)) { $0.merge($1) }
  }

  /// Reads a table; its columns are seen from the header, without regard to case.
  ///
  /// - Parameters:
  ///   - path: Rows of `image` (or `path`, `id`, …), `y_true`, `y_pred`, and if there are any `count` (of
  ///     pixels or objects; 1 without) and `group` (or `patient_id`). Several rows of an image add up.
  ///   - unchanged: Name of the class that means no change.
  /// - Throws: `FileError` naming file and line.
  public static func read(_ path: String, unchanged: String) throws(FileError) -> ChangeTable {
    var reader = try DelimitedReader(detecting: path)
    let columns = NamedColumns(reader.columns, file: path)
    var images = try ImageColumn(columns, file: path)
    let truth = try columns.place(PredictionColumns.truthNames, of: "the truth")
    let report = try columns.place(PredictionColumns.decisionNames, of: "what was reported")
    let count = columns.first(["count"])
    var pairs: [[Pair: Int]] = []
    while let row = try reader.next() {
      func wrong(_ reason: String) -> FileError {
        .malformedLine(path: path, line: row.line, reason: reason)
      }
      let place = try images.place(of: row)
      if place == pairs.count { pairs.append([:]) }
      let pair = Pair(row.fields[truth], row.fields[report])
      guard !pair.truth.isEmpty, !pair.report.isEmpty else {
        throw wrong(
          "expected a class as truth and as report, got '\(pair.truth)' and '\(pair.report)'")
      }
      let text = count.map { row.fields[$0] } ?? "1"
      guard let number = Int(text), (0...mostCount).contains(number) else {
        throw wrong("expected a whole number from 0 to \(mostCount) as count, got '\(text)'")
      }
      pairs[place][pair, default: 0] += number
    }
    let found = Set(
      pairs.flatMap { $0.filter { $0.value > 0 }.keys.flatMap { [$0.truth, $0.report] } })
    guard !found.isEmpty else {
      throw .malformed(path: path, reason: "has no counts, so there is nothing to measure")
    }
    guard found.contains(unchanged), found.count > 1 else {
      throw .malformed(
        path: path,
        reason: "expected '\(unchanged)' and at least one kind of change among the classes, got "
          + found.sorted().map { "'\($0)'" }.joined(separator: ", "))
    }
    let classes = [unchanged] + found.subtracting([unchanged]).sorted()
    return ChangeTable(
      classes: classes, images: images.names, groups: images.allGroups,
      groupColumn: images.groupColumn,
      confusions: pairs.map { confusion($0, classes) })
  }

  /// The largest count of a row: thousands of them still fit an integer.
  private static let mostCount = 1 << 40

  private struct Pair: Hashable {
    let truth: String
    let report: String

    init(_ truth: String, _ report: String) { (self.truth, self.report) = (truth, report) }
  }

  private static func confusion(_ pairs: [Pair: Int], _ classes: [String]) -> ConfusionMatrix {
    let index = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    var counts = [Int](repeating: 0, count: classes.count * classes.count)
    for (pair, count) in pairs {
      if let truth = index[pair.truth], let report = index[pair.report] {
        counts[truth * classes.count + report] += count
      }
    }
    return ConfusionMatrix(classes: classes.count, counts: counts)
  }
}
