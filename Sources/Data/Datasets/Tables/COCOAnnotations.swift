import Files

/// Images with the categories of their annotations, as COCO writes them: one JSON object with the lists `images` (`id`,
/// `file_name`), `categories` (`id`, `name`) and `annotations` (`image_id`, `category_id`).
///
/// An image has each category that an annotation of it has; one without annotation has none. Where in an image something is
/// (boxes, outlines, key points) is passed over, and a crowd (`iscrowd`) counts as any other annotation does. Panoptic annotations,
/// whose categories stand in `segments_info`, are refused by name.
///
/// Source of the format: Lin et al., "Microsoft COCO: Common Objects in Context", ECCV 2014, and its page "Data format".
struct COCOAnnotations {
  /// The images as rows of a table: their members that are text or numbers, and a column of lists of categories.
  private(set) var columns: [String] = []
  private(set) var rows: [ImageTable.Row] = []
  /// The categories of each image in the order of the file, `[N]`.
  private(set) var sets: [[String]] = []
  /// The names of all categories.
  private(set) var categories: [String] = []
  /// How many annotations there are.
  private(set) var count = 0

  /// The column of the files.
  static let path = "file_name"
  /// The column of lists of categories.
  var label: String { columns.last ?? "" }

  /// Members that say where something is, which take most of such a file.
  private static let places: Set<String> = [
    "segmentation", "bbox", "keypoints", "counts",
  ]
  private static let lists: Set<String> = ["images", "annotations", "categories"]

  /// - Parameter path: a file of JSON.
  /// - Returns: nil for JSON of another form.
  /// - Throws: ``DatasetError/file(_:)``; ``DatasetError/problems(_:)`` with all that is wrong in its entries.
  init?(path: String) throws(DatasetError) {
    let text: ArraySlice<UInt8>
    do throws(FileError) {
      guard let object = try Self.object(in: path) else { return nil }
      text = object
    } catch {
      throw .file(error)
    }
    let found: [(key: String, items: [(offset: Int, value: JSONValue)])]
    do throws(JSONParser.Failure) {
      found = try JSONParser.lists(of: text, passingOver: Self.places)
    } catch {
      if let damage = Self.damage(error, in: text, path) { throw .file(damage) }
      return nil
    }
    guard Self.areLists(found.map(\.key)) else { return nil }
    var problems = DataProblems()
    var images = COCOList("images", found, text, path)
    var named = COCOList("categories", found, text, path)
    let annotations = COCOList("annotations", found, text, path)
    images.readIDs(needing: [Self.path], &problems)
    named.readIDs(needing: ["name"], &problems)
    readCategories(named, &problems)
    readImages(images)
    readAnnotations(annotations, images, named, &problems)
    try problems.check()
    fill()
  }

  /// Whether a file is of this form, by the lists that it has; none of their entries is looked at.
  static func isOne(_ path: String) -> Bool {
    guard FilePath.fileExtension(of: path) == "json",
      let text = try? object(in: path), let keys = JSONParser.keysOfLists(of: text)
    else { return false }
    return areLists(keys)
  }

  private static func areLists(_ found: [String]) -> Bool {
    let keys = Set(found).intersection(lists)
    return keys.contains("images") && keys.count > 1
  }

  /// The text of a file that begins as an object does; nil of another.
  private static func object(in path: String) throws(FileError) -> ArraySlice<UInt8>? {
    let bytes = try FileBytes.read(path)
    let text = bytes[(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...]
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    return first == UInt8(ascii: "{") ? text : nil
  }

  /// Why a file of this form cannot be read; nil where it seems to be of another: its first line is JSON, or nothing before the
  /// damage speaks for images.
  private static func damage(
    _ failure: JSONParser.Failure, in text: ArraySlice<UInt8>, _ path: String
  ) -> FileError? {
    let line = text.prefix { $0 != UInt8(ascii: "\n") }
    let before = text.prefix(failure.column)
    guard (try? JSONParser.parse(line)) == nil, before.contains("\"images\"".utf8),
      ["\"annotations\"", "\"categories\""].contains(where: { before.contains($0.utf8) })
    else { return nil }
    let place = JSONRows.place(of: failure.column - 1, in: text)
    return .malformedLine(
      path: path, line: place.line,
      reason: "is not JSON: \(failure.reason) at column \(place.column)")
  }

  private mutating func readCategories(_ list: COCOList, _ problems: inout DataProblems) {
    var first: [String: Int] = [:]
    for entry in list.entries {
      let name = Blanks.trimmed(entry.text("name") ?? "")
      categories.append(name)
      if name.isEmpty { continue }
      if let other = first[name] {
        problems.add(
          .annotation(entry.name, .duplicateName(name, first: list.entries[other].name)),
          at: entry.origin)
      } else {
        first[name] = entry.position
      }
    }
  }

  private mutating func readImages(_ list: COCOList) {
    var place: [String: Int] = [:]
    for entry in list.entries {
      for (key, value) in entry.members where value.text != nil && place[key] == nil {
        place[key] = columns.count
        columns.append(key)
      }
    }
    rows = list.entries.map { entry in
      var cells = [String](repeating: "", count: columns.count)
      for (key, value) in entry.members {
        if let column = place[key] { cells[column] = value.text ?? "" }
      }
      return ImageTable.Row(line: entry.line, cells: cells)
    }
    var label = "categories"
    while place[label] != nil { label = "annotated_" + label }
    columns.append(label)
    sets = [[String]](repeating: [], count: rows.count)
  }

  private mutating func readAnnotations(
    _ list: COCOList, _ images: COCOList, _ named: COCOList, _ problems: inout DataProblems
  ) {
    count = list.entries.count
    var list = list
    list.checkIDs(&problems)
    for entry in list.entries {
      guard !entry.hasSegments else {
        // All are so, and are said once.
        problems.add(.annotation(entry.name, .segments), at: entry.origin)
        return
      }
      guard let image = list.place(of: entry, "image_id", in: images, &problems),
        let category = list.place(of: entry, "category_id", in: named, &problems)
      else { continue }
      let name = categories[category]
      if !sets[image].contains(name) { sets[image].append(name) }
    }
  }

  /// Puts the lists of categories into the rows.
  private mutating func fill() {
    rows = zip(rows, sets).map { row, set in
      ImageTable.Row(
        line: row.line,
        cells: row.cells + ["[" + set.map(Self.quoted).joined(separator: ", ") + "]"])
    }
  }
}
