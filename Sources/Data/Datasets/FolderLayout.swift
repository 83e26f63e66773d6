import Files

/// Decides whether the top folders of a data set are splits or classes.
struct FolderLayout {
  let root: String
  private let trees: [ImageTree]
  /// Those of the trees that hold images.
  private let filled: [ImageTree]

  init(root: String, trees: [ImageTree]) {
    self.root = root
    self.trees = trees
    filled = trees.filter { !$0.images.isEmpty }
  }

  /// The top folders that are splits, by name; empty where they are classes.
  ///
  /// They are splits when each is called so. Beside others, a folder of that name is a class (a `test`,
  /// a `train` on rails) unless it holds folders itself. Folders that hold the same folders are splits,
  /// if a word of each name says of which; else nothing tells what they are.
  ///
  /// - Throws: ``DatasetError`` where the folders leave doubt.
  func splits() throws(DatasetError) -> [String: Split] {
    let named = filled.filter { Split(synonym: $0.top) != nil }
    if named.count == filled.count { return self.named(filled) { Split(synonym: $0) } }
    let nested = named.filter { !$0.filledFolders.isEmpty }
    if nested.contains(where: { Split(synonym: $0.top) == .train }) {
      throw .mixedFolders(
        path: root, splits: nested.map(\.top),
        others: filled.map(\.top).filter { top in !nested.contains { $0.top == top } })
    }
    try checkOrder()
    guard let shared = sharedFolders() else { return [:] }
    let splits = self.named(filled) { Split(wordOf: $0) }
    guard splits.count == filled.count, Set(splits.values).count > 1 else {
      throw .looksLikeSplits(path: root, folders: filled.map(\.top), inner: shared)
    }
    return splits
  }

  /// What is to be said of folders whose names are not plainly those of splits.
  func notes(of splits: [String: Split]) -> [ReadingNote] {
    let guessed = splits.keys.filter { Split(synonym: $0) == nil }.sorted()
    return guessed.isEmpty
      ? [] : [.foldersAsSplits(folders: guessed, splits: guessed.compactMap { splits[$0] })]
  }

  /// Images without class folders, beside a table that may have their labels.
  func checkLabelled(_ splits: [String: Split], tables: [String]) throws(DatasetError) {
    guard !tables.isEmpty, !filled.isEmpty else { return }
    let areLoose = filled.allSatisfy { $0.filledFolders.isEmpty }
    guard areLoose && (!splits.isEmpty || filled.count == 1) else { return }
    throw .labelsInTable(path: root, folders: filled.map(\.top), tables: tables)
  }

  /// One class that holds several folders: those are the classes, and `root` is too high. The same
  /// where each split has one such class of its own: `seg_train/seg_train/cat/1.jpg`.
  func checkDepth(_ labels: Set<String>, _ splits: [String: Split]) throws(DatasetError) {
    let areSingle = !splits.isEmpty && filled.allSatisfy { $0.filledFolders.count == 1 }
    guard labels.count == 1 || areSingle else { return }
    for tree in filled {
      var inner = [tree]
      if splits[tree.top] != nil {
        inner = try tree.filledFolders.map { folder throws(DatasetError) in
          try ImageTree(root, folder)
        }
      }
      for only in inner where only.filledFolders.count > 1 {
        guard only.images.allSatisfy({ only.folder(of: $0) != nil }) else { continue }
        throw .classesTooDeep(
          folder: FilePath.join(root, only.top),
          inner: only.filledFolders.map(FilePath.name(of:)))
      }
    }
  }

  private func named(
    _ trees: [ImageTree], _ split: (String) -> Split?
  ) -> [String: Split] {
    Dictionary(
      uniqueKeysWithValues: trees.compactMap { tree in split(tree.top).map { (tree.top, $0) } })
  }

  /// `cat/train/1.jpg` is not `train/cat/1.jpg`: a split that was meant must not be drawn anew.
  private func checkOrder() throws(DatasetError) {
    for tree in trees {
      let inner = tree.filledFolders.filter { Split(synonym: FilePath.name(of: $0)) != nil }
      let splits = Set(inner.compactMap { Split(synonym: FilePath.name(of: $0)) })
      if splits.count > 1 && splits.contains(.train) {
        throw .splitsInsideClass(path: root, folders: inner)
      }
    }
  }

  /// The folders that the top folders have in common, sorted, where that is how splits look: all hold at
  /// least two and much the same; or several do, one of them with the word of a split in its name.
  private func sharedFolders() -> [String]? {
    guard filled.count > 1 else { return nil }
    let divided = filled.map { (top: $0.top, folders: $0.dividingFolders) }
      .filter { !$0.folders.isEmpty }
    guard divided.count > 1, let first = divided.first?.folders else { return nil }
    let shared = divided.reduce(first) { $0.intersection($1.folders) }
    let all = divided.reduce(first) { $0.union($1.folders) }
    guard shared.count > 1, 2 * shared.count >= all.count else { return nil }
    guard divided.count == filled.count || divided.contains(where: { Split(wordOf: $0.top) != nil })
    else { return nil }
    return shared.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
