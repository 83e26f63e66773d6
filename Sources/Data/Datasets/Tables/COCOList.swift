import Files

/// One list of COCO's file, its entries with their places, and where each id stands.
struct COCOList {
  /// One entry.
  struct Entry {
    let position: Int
    /// What messages call it: `images[3] (id 7)`.
    let name: String
    /// File and line.
    let origin: String
    /// From 1.
    let line: Int
    let members: [(key: String, value: JSONValue)]
    let isObject: Bool

    /// Whether it is panoptic: its categories are those of its segments.
    var hasSegments: Bool {
      text("category_id") == nil && members.contains { $0.key == "segments_info" }
    }

    /// A member that is text or a number.
    func text(_ key: String) -> String? { members.first { $0.key == key }?.value.text }
  }

  let key: String
  private(set) var entries: [Entry] = []
  private var places: [String: Int] = [:]

  /// - Parameters:
  ///   - key: `images`, `categories` or `annotations`.
  ///   - lists: of the file.
  ///   - text: the file, in which offsets count.
  ///   - path: what messages call the file.
  init(
    _ key: String, _ lists: [(key: String, items: [(offset: Int, value: JSONValue)])],
    _ text: ArraySlice<UInt8>, _ path: String
  ) {
    self.key = key
    guard let items = lists.first(where: { $0.key == key })?.items else { return }
    var (line, offset) = (1, 0)
    entries.reserveCapacity(items.count)
    for (position, item) in items.enumerated() {
      line += text[(text.startIndex + offset)..<(text.startIndex + item.offset)]
        .count { $0 == UInt8(ascii: "\n") }
      offset = item.offset
      var (members, isObject): ([(key: String, value: JSONValue)], Bool) = ([], false)
      if case .object(let found) = item.value { (members, isObject) = (found, true) }
      let id = members.first { $0.key == "id" }?.value.text ?? ""
      entries.append(
        Entry(
          position: position, name: "\(key)[\(position)]" + (id.isEmpty ? "" : " (id \(id))"),
          origin: "\(path):\(line)", line: line, members: members, isObject: isObject))
    }
  }

  /// Notes where each id stands; each entry must have one of its own, and the other members.
  mutating func readIDs(needing others: [String], _ problems: inout DataProblems) {
    for entry in entries {
      guard entry.isObject else {
        problems.add(.annotation(entry.name, .notAnObject), at: entry.origin)
        continue
      }
      for key in ["id"] + others where Blanks.trimmed(entry.text(key) ?? "").isEmpty {
        problems.add(.annotation(entry.name, .lacks(key: key)), at: entry.origin)
      }
      note(entry, &problems)
    }
  }

  /// The same for entries that need no id.
  mutating func checkIDs(_ problems: inout DataProblems) {
    for entry in entries { note(entry, &problems) }
  }

  private mutating func note(_ entry: Entry, _ problems: inout DataProblems) {
    guard let id = entry.text("id"), !id.isEmpty else { return }
    if let first = places[id] {
      problems.add(
        .annotation("\(key)[\(entry.position)]", .duplicateID(id, first: "\(key)[\(first)]")),
        at: entry.origin)
    } else {
      places[id] = entry.position
    }
  }

  /// Where the entry of another list stands that one of this names; nil where that is wrong.
  func place(
    of entry: Entry, _ member: String, in other: COCOList, _ problems: inout DataProblems
  ) -> Int? {
    guard entry.isObject else {
      // Said once, for the first member that is asked for.
      if member == "image_id" {
        problems.add(.annotation(entry.name, .notAnObject), at: entry.origin)
      }
      return nil
    }
    guard let id = entry.text(member), !id.isEmpty else {
      problems.add(.annotation(entry.name, .lacks(key: member)), at: entry.origin)
      return nil
    }
    guard let place = other.places[id] else {
      problems.add(
        .annotation(entry.name, .unknownID(id, key: member, list: other.key)), at: entry.origin)
      return nil
    }
    return place
  }
}
