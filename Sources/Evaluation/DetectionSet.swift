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
  /// What belongs together (a patient), `[N]`; `nil` where nobody said.
  public let groups: [String]?
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
  ///   - groups: What belongs together, `[N]`; `nil` where nobody said.
  ///   - lesionImages: Image of each lesion, `[L]`, in `0..<N`.
  ///   - detections: All marks; images in `0..<N`, lesions in `0..<L`.
  /// - Precondition: the lengths agree and indices lie where they are said to.
  public init(
    images: [String], groups: [String]? = nil, lesionImages: [Int], detections: [Detection]
  ) {
    let (count, lesions) = (images.count, lesionImages.count)
    require(
      groups?.count ?? count == count && lesionImages.allSatisfy((0..<count).contains)
        && detections.allSatisfy {
          (0..<count).contains($0.image) && $0.lesion.map((0..<lesions).contains) ?? true
        },
      "DetectionSet: expected \(count) groups, and marks of \(count) images and \(lesions) lesions")
    (self.images, self.groups) = (images, groups)
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
    var known = LesionTable()
    try known.read(truth)
    var detections: [Detection] = []
    var reader = try DelimitedReader(detecting: path)
    let columns = NamedColumns(reader.columns, file: path)
    let image = try columns.place(PredictionColumns.idNames, of: "the images")
    let score = try columns.place(["score", "probability", "confidence"], of: "the scores")
    let lesion = try columns.place(["lesion", "lesion_id"], of: "the lesions that marks hit")
    while let row = try reader.next() {
      func wrong(_ reason: String) -> FileError {
        .malformedLine(path: path, line: row.line, reason: reason)
      }
      let (name, mark) = (row.fields[image], row.fields[lesion])
      guard let place = known.places[name] else {
        throw wrong(
          "the image '\(name)' is not in \(truth); list every image there, one without lesions with an"
            + " empty cell")
      }
      guard let value = Double(row.fields[score]), !value.isNaN else {
        throw wrong("expected a number as score, got '\(row.fields[score])'")
      }
      let hit = mark.isEmpty ? nil : known.lesions[.init(image: place, name: mark)]
      guard mark.isEmpty || hit != nil else {
        throw wrong("the image '\(name)' has no lesion '\(mark)' in \(truth)")
      }
      detections.append(Detection(image: place, score: value, lesion: hit))
    }
    return DetectionSet(
      images: known.images, groups: known.groups, lesionImages: known.lesionImages,
      detections: detections)
  }
}

/// The table of the truth as it fills up.
private struct LesionTable {
  struct Lesion: Hashable {
    let image: Int
    let name: String
  }

  var images: [String] = []
  var groups: [String]?
  var places: [String: Int] = [:]
  var lesions: [Lesion: Int] = [:]
  var lesionImages: [Int] = []

  mutating func read(_ path: String) throws(FileError) {
    var reader = try DelimitedReader(detecting: path)
    let columns = NamedColumns(reader.columns, file: path)
    let image = try columns.place(PredictionColumns.idNames, of: "the images")
    let lesion = try columns.place(["lesion", "lesion_id"], of: "the lesions")
    let group = columns.first(PredictionColumns.groupNames)
    groups = group.map { _ in [] }
    while let row = try reader.next() {
      let place = places[row.fields[image]] ?? images.count
      if place == images.count {
        places[row.fields[image]] = place
        images.append(row.fields[image])
        if let group { groups?.append(row.fields[group]) }
      }
      let name = row.fields[lesion]
      guard !name.isEmpty else { continue }
      guard lesions.updateValue(lesionImages.count, forKey: .init(image: place, name: name)) == nil
      else {
        throw .malformedLine(
          path: path, line: row.line,
          reason: "the image '\(row.fields[image])' has the lesion '\(name)' twice")
      }
      lesionImages.append(place)
    }
    guard !images.isEmpty else {
      throw .malformed(path: path, reason: "has no rows, so there is nothing to measure")
    }
  }
}
