import Files

/// Reads Hugging Face's image-folder layout: a table such as `metadata.csv` in each split folder,
/// which names its images from there; and Roboflow's exports, which have one of ``RoboflowTable`` there.
///
/// Source of the convention: Hugging Face `datasets`, "Create an image dataset".
enum SplitTables {
  /// A split folder and the table in it.
  struct Entry {
    let split: Split
    let folder: String
    let table: String
  }

  /// The split folders of `root` with their tables; nil when none has one.
  ///
  /// - Throws: ``DatasetError/splitWithoutTable(folder:table:)`` when only some have one.
  static func entries(
    in items: [FolderListing.Item], root: String
  ) throws(DatasetError) -> [Entry]? {
    var entries: [Entry] = []
    var without: [String] = []
    for item in items where item.isFolder {
      guard let split = Split(synonym: item.name) else { continue }
      let folder = FilePath.join(root, item.name)
      let inner = try FolderListing.itemsOrDatasetError(folder)
      if let table = try ManifestReader.table(in: inner, folder: folder) {
        entries.append(Entry(split: split, folder: item.name, table: table))
      } else {
        without.append(folder)
      }
    }
    guard let first = entries.first else { return nil }
    if let folder = without.first {
      throw .splitWithoutTable(folder: folder, table: "\(first.folder)/\(first.table)")
    }
    return entries
  }

  /// Reads all tables; the folder says the split.
  ///
  /// - Parameter reader: for a table.
  static func dataset(
    _ root: String, _ entries: [Entry], reader: (String) -> ManifestReader
  ) throws(DatasetError) -> Dataset {
    var problems = DataProblems()
    var examples: [Example] = []
    var reading = Reading()
    var parts: [Dataset] = []
    for entry in entries {
      let table = FilePath.join(FilePath.join(root, entry.folder), entry.table)
      parts.append(try reader(table).dataset(isPart: true))
    }
    let annotations = parts.annotations
    if case .annotations(_, _, 0, _, _)? = annotations { throw .noAnnotations(path: root) }
    if parts.contains(where: { $0.labelNames != nil }) {
      parts = parts.withOneListOfLabels(areLists: parts.map { $0.reading.labelsAreLists })
    }
    if let annotations { reading.notes.append(annotations) }
    for (entry, whole) in zip(entries, parts) {
      var part = whole
      part.reading.notes.removeAll(where: \.areAnnotations)
      part.reading.tables = part.reading.tables.map { $0.dividedByFolder() }
      reading.add(part.reading)
      for var example in part.examples {
        if let split = example.split, split != entry.split {
          problems.add(.splitDiffers(split, folder: entry.folder), at: example.origin)
        }
        example.split = entry.split
        example.path = FilePath.join(entry.folder, example.path)
        examples.append(example)
      }
    }
    try problems.check()
    var data = Dataset(
      name: FilePath.name(of: FilePath.absolute(root)), layout: .manifest, examples: examples,
      reading: reading)
    data.labelNames = parts.first?.labelNames
    return data
  }
}

extension [Dataset] {
  /// What the annotations of all parts came to; nil where no part has some. A category that one part lacks and another has is a label.
  fileprivate var annotations: ReadingNote? {
    var (images, without, count): (Int, Int, Int) = (0, 0, 0)
    var names: [String] = []
    var isThere = false
    for part in self {
      for case .annotations(let own, let bare, let annotations, _, let unused) in part.reading.notes
      {
        isThere = true
        images += own
        without += bare
        count += annotations
        for name in unused where !names.contains(name) { names.append(name) }
      }
    }
    let used = reduce(into: Set<String>()) { used, part in
      used.formUnion(part.labelNames ?? part.examples.compactMap(\.label))
    }
    return isThere
      ? .annotations(
        images: images, without: without, annotations: count, categories: used.count,
        unused: names.filter { !used.contains($0) })
      : nil
  }
}

extension ReadingNote {
  /// Whether it says what annotations came to.
  fileprivate var areAnnotations: Bool {
    if case .annotations = self { true } else { false }
  }
}
