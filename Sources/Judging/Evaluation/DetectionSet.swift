public import Files
import Requirements

/// Images with their lesions, and the marks that a detector made on them.
///
/// ```swift
/// let set = try DetectionSet.read("detections.csv", lesions: "lesions.csv")
/// set.curve.score()   // mean sensitivity over 1/8 to 8 false marks per image
/// ```
public struct DetectionSet: Sendable, Equatable {
  /// Names of the images, those without lesions included, `[N]`.
  public let images: [String]
  /// What belongs together (a patient), `[N]`; `nil` where it is not stated.
  public let groups: [String]?
  /// Name of the column that said so.
  public let groupColumn: String?
  /// Image of each lesion, `[L]`.
  public let lesionImages: [Int]
  /// All marks.
  public let detections: [Detection]

  /// The free-response curve.
  public var curve: FROC {
    FROC(detections, images: images.count, lesions: lesionImages.count)
  }

  /// A set of its parts.
  ///
  /// - Parameters:
  ///   - images: Names of the images, those without lesions included, `[N]`.
  ///   - groups: What belongs together, `[N]`; `nil` where it is not stated.
  ///   - groupColumn: Name of the column that said so.
  ///   - lesionImages: Image of each lesion, `[L]`, in `0..<N`.
  ///   - detections: All marks; images in `0..<N`, lesions in `0..<L` and of the mark's image.
  /// - Precondition: the lengths agree and indices lie where they are said to.
  public init(
    images: [String], groups: [String]? = nil, groupColumn: String? = nil,
    lesionImages: [Int], detections: [Detection]
  ) {
    let (count, lesions) = (images.count, lesionImages.count)
    require(
      groups?.count ?? count == count && lesionImages.allSatisfy((0..<count).contains)
        && detections.allSatisfy {
          (0..<count).contains($0.image)
            && $0.lesion.map { [image = $0.image] in
              (0..<lesions).contains($0) && lesionImages[$0] == image
            } ?? true
        },
      "DetectionSet: expected \(count) groups, and marks of \(count) images on \(lesions) lesions of the"
        + " same image")
    (self.images, self.groups, self.groupColumn) = (images, groups, groupColumn)
    (self.lesionImages, self.detections) = (lesionImages, detections)
  }

  /// Reads two tables; their columns are seen from the headers, without regard to case.
  ///
  /// - Parameters:
  ///   - path: One row for each mark: `image` (or `path`, `id`, …), `score` (or `probability`,
  ///     `confidence`), and `lesion`, the lesion that it hits, empty for a false mark.
  ///   - truth: One row for each lesion: `image`, `lesion`, and if known `group` (or `patient_id`). An
  ///     image without lesions has one row with an empty cell.
  /// - Throws: `FileError` naming file and line.
  public static func read(
    _ path: String, lesions truth: String
  ) throws(FileError) -> DetectionSet {
    let known = try LesionTable(truth)
    var detections: [Detection] = []
    var reader = try DelimitedReader(detecting: path)
    let columns = NamedColumns(reader.columns, file: path)
    let image = try columns.place(NamedColumns.imageNames, of: "the images")
    let score = try columns.place(["score", "probability", "confidence"], of: "the scores")
    let lesion = try columns.place(["lesion", "lesion_id"], of: "the lesions that marks hit")
    while let row = try reader.next() {
      func wrong(_ reason: String) -> FileError {
        .malformedLine(path: path, line: row.line, reason: reason)
      }
      let (name, mark) = (row.fields[image], row.fields[lesion])
      guard let place = known.images.place(of: name) else {
        throw wrong(
          "the image '\(name)' is not in \(truth); list every image there, one without lesions with an"
            + " empty cell")
      }
      guard let value = Double(row.fields[score].filter { !$0.isWhitespace }), value.isFinite else {
        throw wrong("expected a finite number as score, got '\(row.fields[score])'")
      }
      let hit = mark.isEmpty ? nil : known.lesions[.init(image: place, name: mark)]
      guard mark.isEmpty || hit != nil else {
        throw wrong("the image '\(name)' has no lesion '\(mark)' in \(truth)")
      }
      detections.append(Detection(image: place, score: value, lesion: hit))
    }
    return DetectionSet(
      images: known.images.names, groups: known.images.allGroups,
      groupColumn: known.images.groupColumn, lesionImages: known.lesionImages,
      detections: detections)
  }
}

/// The table of the truth as it fills up.
private struct LesionTable {
  struct Lesion: Hashable {
    let image: Int
    let name: String
  }

  private(set) var images: ImageColumn
  private(set) var lesions: [Lesion: Int] = [:]
  private(set) var lesionImages: [Int] = []

  init(_ path: String) throws(FileError) {
    var reader = try DelimitedReader(detecting: path)
    let columns = NamedColumns(reader.columns, file: path)
    images = try ImageColumn(columns, file: path)
    let lesion = try columns.place(["lesion", "lesion_id"], of: "the lesions")
    var empty: Set<Int> = []
    while let row = try reader.next() {
      let isNew = images.names.count
      let place = try images.place(of: row)
      let (image, name) = (images.names[place], row.fields[lesion])
      func wrong(_ reason: String) -> FileError {
        .malformedLine(path: path, line: row.line, reason: reason)
      }
      if empty.contains(place) || (name.isEmpty && place < isNew) {
        throw wrong("the image '\(image)' has a row without a lesion, and another row")
      }
      guard !name.isEmpty else {
        empty.insert(place)
        continue
      }
      guard lesions.updateValue(lesionImages.count, forKey: .init(image: place, name: name)) == nil
      else { throw wrong("the image '\(image)' has the lesion '\(name)' twice") }
      lesionImages.append(place)
    }
    guard !images.names.isEmpty else {
      throw .malformed(path: path, reason: "has no rows, so there is nothing to measure")
    }
  }
}
