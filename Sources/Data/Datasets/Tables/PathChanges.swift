/// How many paths of a table were not taken as they are written, by what was changed.
struct PathChanges: Equatable {
  /// Paths in another spelling.
  var spellings: [PathText.Spelling: Int] = [:]
  /// Paths without an extension, by the extension that was found.
  var extensions: [String: Int] = [:]
  /// Paths with `%20` and the like.
  var decoded = 0
  /// Paths that begin with the name of the folder of the table.
  var fromAbove = 0
  /// Files that Label Studio had been given.
  var uploads = 0
  /// Files found by name, by the folder they lie in.
  var folders: [String: Int] = [:]

  /// What is to be said of it.
  var notes: [ReadingNote] {
    var notes: [ReadingNote] = []
    for spelling in PathText.Spelling.allCases {
      guard let count = spellings[spelling] else { continue }
      switch spelling {
      case .backslashes: notes.append(.backslashes(paths: count))
      case .fileAddress: notes.append(.fileAddresses(paths: count))
      case .labelStudio: notes.append(.labelStudioPaths(paths: count))
      }
    }
    if uploads > 0 { notes.append(.labelStudioPaths(paths: uploads)) }
    if decoded > 0 { notes.append(.percentDecoded(paths: decoded)) }
    if !extensions.isEmpty {
      notes.append(
        .withoutExtension(
          paths: extensions.values.reduce(0, +), found: extensions.keys.sorted()))
    }
    if fromAbove > 0 { notes.append(.fromFolderAbove(paths: fromAbove)) }
    if !folders.isEmpty {
      notes.append(
        .foundByName(
          paths: folders.values.reduce(0, +),
          folders: folders.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
    }
    return notes
  }
}
