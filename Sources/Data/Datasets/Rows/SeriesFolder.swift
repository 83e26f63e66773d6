import Files

/// A folder with `.ts` files: one set in two files, `NAME_TRAIN.ts` and `NAME_TEST.ts`, or one file.
enum SeriesFolder {
  /// A file and the part of the data in it.
  struct Part {
    let file: String
    let split: Split?
  }

  /// The files called `.ts` that begin as such text does; films and programs are called so too.
  static func files(in items: [FolderListing.Item], folder: String) -> [String] {
    items.filter { !$0.isFolder && FilePath.fileExtension(of: $0.name) == "ts" }.map(\.name)
      .filter { name in
        let head = (try? FileBytes.head(of: FilePath.join(folder, name), count: 64)) ?? []
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        guard let first = text.first(where: { $0 > 0x20 }) else { return false }
        return first == UInt8(ascii: "#") || first == UInt8(ascii: "@")
      }
  }

  /// The set that a folder holds.
  ///
  /// - Throws: ``DatasetError/severalSets(folder:sets:)`` where it holds another number of sets than one.
  static func parts(_ files: [String], folder: String) throws(DatasetError) -> [Part] {
    if files.count == 1 { return [Part(file: files[0], split: nil)] }
    let parts = files.map { Part(file: $0, split: split(of: $0)?.split) }
    let names = Set(files.map { (split(of: $0)?.name ?? FilePath.stem(of: $0)).lowercased() })
    guard files.count == 2, names.count == 1, Set(parts.map(\.split)) == [.train, .test] else {
      throw .severalSets(folder: folder, files: files)
    }
    return parts.sorted { ($0.split ?? .train) < ($1.split ?? .train) }
  }

  /// `PLAID` and train of `PLAID_TRAIN.ts`.
  private static func split(of file: String) -> (name: String, split: Split)? {
    let stem = FilePath.stem(of: file)
    for (ending, split) in [("_train", Split.train), ("_test", .test)]
    where stem.lowercased().hasSuffix(ending) {
      return (String(stem.dropLast(ending.count)), split)
    }
    return nil
  }
}
