public import Files
import Requirements

/// Counts of true against reported change, image by image.
public struct ChangeTable: Sendable, Equatable {
  /// Names of the classes, `unchanged` first, the others in sorted order, `[C]`.
  public let classes: [String]
  /// Names of the images, `[N]`.
  public let images: [String]
  /// What belongs together (a scene, a patient), `[N]`; `nil` where nobody said.
  public let groups: [String]?
  /// Truth against report of each image, `[N]`.
  public let confusions: [ConfusionMatrix]

  /// A table of its parts.
  ///
  /// - Parameters:
  ///   - classes: Names, the one that means no change first, `[C]`.
  ///   - images: Names of the images, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` where nobody said.
  ///   - confusions: Truth against report of each image, `[N]`, each `[C, C]`.
  /// - Precondition: the lengths agree.
  public init(
    classes: [String], images: [String], groups: [String]? = nil, confusions: [ConfusionMatrix]
  ) {
    require(
      confusions.count == images.count && groups?.count ?? images.count == images.count
        && confusions.allSatisfy { $0.classes == classes.count },
      "ChangeTable: expected \(images.count) matrices of \(classes.count) classes and as many groups"
    )
    (self.classes, self.images) = (classes, images)
    (self.groups, self.confusions) = (groups, confusions)
  }

  /// Truth against report, summed over all images.
  public var total: ConfusionMatrix {
    var counts = [Int](repeating: 0, count: classes.count * classes.count)
    for confusion in confusions {
      for place in counts.indices { counts[place] += confusion.counts[place] }
    }
    return ConfusionMatrix(classes: classes.count, counts: counts)
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
    let image = try columns.place(PredictionColumns.idNames, of: "the images")
    let truth = try columns.place(PredictionColumns.truthNames, of: "the truth")
    let report = try columns.place(PredictionColumns.decisionNames, of: "what was reported")
    let (count, group) = (columns.first(["count"]), columns.first(PredictionColumns.groupNames))
    var pairs: [[Pair: Int]] = []
    var (images, groups, places): ([String], [String], [String: Int]) = ([], [], [:])
    while let row = try reader.next() {
      let place = places[row.fields[image]] ?? images.count
      if place == images.count {
        places[row.fields[image]] = place
        images.append(row.fields[image])
        groups.append(group.map { row.fields[$0] } ?? "")
        pairs.append([:])
      }
      let text = count.map { row.fields[$0] } ?? "1"
      guard let number = Int(text), (0...(1 << 40)).contains(number) else {
        throw .malformedLine(
          path: path, line: row.line, reason: "expected a count of at least 0, got '\(text)'")
      }
      pairs[place][Pair(row.fields[truth], row.fields[report]), default: 0] += number
    }
    let found = Set(pairs.flatMap { $0.keys.flatMap { [$0.truth, $0.report] } })
    guard found.contains(unchanged), found.count > 1 else {
      throw .malformed(
        path: path,
        reason: "expected '\(unchanged)' and at least one kind of change among the classes, got "
          + found.sorted().map { "'\($0)'" }.joined(separator: ", "))
    }
    let classes = [unchanged] + found.subtracting([unchanged]).sorted()
    return ChangeTable(
      classes: classes, images: images, groups: group == nil ? nil : groups,
      confusions: pairs.map { confusion($0, classes) })
  }

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
