import Files
import Imaging

extension Dataset {
  /// Opens data to predict on: any mixture of image files, folders and tables of images, or one path with rows
  /// of numbers. A file is an image by
  /// its name or its content. The path of an image in a folder begins with the folder as it was given,
  /// whether one was given or several.
  ///
  /// - Parameters:
  ///   - paths: files and folders.
  ///   - imageRoot: the folder that paths of a table start from; nil is the table's own.
  ///   - columns: which columns of a table are meant.
  ///   - input: what the data are; nil finds it out, see ``InputKind/found(at:)``.
  ///   - textTable: a table that has the columns of text of rows of features, joined by the names of the rows.
  ///   - skipping: whether a file that is no image is left out with a note and is no error.
  /// - Throws: ``DatasetError``: all files that are missing or no images together; also when the same
  ///   image is named twice.
  public static func unlabelled(
    _ paths: [String], imageRoot: String? = nil, columns: ColumnNames = ColumnNames(),
    input: InputKind? = nil, textTable: String? = nil, skipping: Bool = false
  ) throws(DatasetError) -> Dataset {
    guard let first = paths.first else {
      throw .empty(path: "images", expected: "at least one path")
    }
    let opening = Opening(
      imageRoot: imageRoot, labels: .optional, columns: columns, input: input,
      textTable: textTable)
    // The pixels of a file of arrays have no paths to be mixed with others.
    if paths.count == 1 && opening.holdsArrays(first) {
      let data = try opening.open(first)
      guard opening.asked.isEmpty || !data.reading.tables.isEmpty else {
        throw .noTable(path: first, columns: opening.asked)
      }
      try opening.checkRoot(data, first)
      return data
    }
    var collected = UnlabelledImages(opening: opening, isSkipping: skipping)
    for path in paths { try collected.add(path) }
    let data = try collected.dataset(name: FilePath.name(of: first))
    try opening.checkRoot(data, first)
    if data.reading.tables.isEmpty && !columns.all.isEmpty {
      throw .noTable(path: paths.joined(separator: ", "), columns: columns.all)
    }
    return data
  }
}

extension Reading {
  /// The same with the paths of files that are not counted from the folder above `folder` on.
  fileprivate func below(_ folder: String) -> Reading {
    var reading = self
    reading.notes = notes.map { note in
      guard case .notCounted(let files) = note else { return note }
      return .notCounted(
        files.map {
          UncountedFiles(kind: $0.kind, count: $0.count, first: FilePath.join(folder, $0.first))
        })
    }
    return reading
  }
}

/// Images to predict on while they are gathered.
private struct UnlabelledImages {
  let opening: Opening
  let isSkipping: Bool
  private var examples: [Example] = []
  private var layouts: Set<Dataset.Layout> = []
  private var members: MemberStore?
  private var reading = Reading()
  private var problems = DataProblems()
  private var leftOut = DataProblems()
  private var firstOfKey: [String: Example] = [:]

  init(opening: Opening, isSkipping: Bool) {
    self.opening = opening
    self.isSkipping = isSkipping
  }

  mutating func add(_ path: String) throws(DatasetError) {
    let part: Dataset
    do throws(DatasetError) {
      part = try opening.open(path)
    } catch {
      return try take(error, path)
    }
    guard part.rows == nil else { throw .rowsBesideOthers(path: path) }
    guard part.pixels == nil else { throw .unknownKind(path: path) }
    layouts.insert(part.layout)
    let folder = FilePath.isFolder(path) ? path : ""
    reading.add(part.reading.below(folder))
    let firstMember = part.members.map { take($0) } ?? 0
    for var example in part.examples {
      if case .member(let number) = example.source {
        // A member has one name, wherever its archive lies.
        example.source = .member(firstMember + number)
      } else {
        example.path = FilePath.join(folder, example.path)
      }
      if let first = first(like: example) {
        problems.add(
          first.origin == example.origin
            || (first.line == nil && example.line == nil && part.members == nil)
            ? .namedTwice : .duplicatePath(example.path, first: first.origin), at: example.origin)
      }
      examples.append(example)
    }
  }

  /// Takes over the members of archives.
  ///
  /// - Returns: the number of the first one.
  private mutating func take(_ store: MemberStore) -> Int {
    var all = members ?? MemberStore()
    defer { members = all }
    return all.append(contentsOf: store)
  }

  /// The example before that has the path, or, where no table names them, is the file: `a.png` and
  /// `./a.png` are one.
  private mutating func first(like example: Example) -> Example? {
    var keys = ["path \(example.path)"]
    if example.line == nil, case .file(let file) = example.source { keys.append("file \(file)") }
    let firsts = keys.map { firstOfKey.updateValue(example, forKey: $0) }
    return firsts.lazy.compactMap { $0 }.first
  }

  /// Gathers what is wrong with a file; an error of a table or a folder stands for itself.
  private mutating func take(_ error: DatasetError, _ path: String) throws(DatasetError) {
    switch error {
    case .unknownKind: leaveOut(path, .notAnImage(nil))
    case .foreignFile(_, let kind): leaveOut(path, .notAnImage(kind))
    case .file(.missing): problems.add(.noSuchFile, at: path)
    default: throw error
    }
  }

  private mutating func leaveOut(_ path: String, _ kind: DataProblem.Kind) {
    guard isSkipping else { return problems.add(kind, at: path) }
    leftOut.add(kind, at: path)
    reading.notes.append(
      .leftOut(path: path, reason: DataProblem(kind, at: path).reason))
  }

  consuming func dataset(name: String) throws(DatasetError) -> Dataset {
    try problems.check()
    // Where nothing is left, what was left out is what is wrong.
    if examples.isEmpty { try leftOut.check() }
    return Dataset(
      name: name, layout: layouts.count == 1 ? layouts.first ?? .files : .files, examples: examples,
      members: members, reading: reading)
  }
}
