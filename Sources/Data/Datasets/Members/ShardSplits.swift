import Files

/// The splits that tar shards say by their folders, or else by words in their names: `imagenet-train-000000.tar`.
struct ShardSplits {
  private var splits: [String: Split] = [:]
  private let byFolder: Bool

  /// Names say splits where all have a word for one and they differ: those of one part alone say nothing of its parts.
  ///
  /// - Throws: ``DatasetError/mixedShards(path:splits:others:)``.
  init(_ list: ShardList) throws(DatasetError) {
    byFolder = list.shards.contains { $0.split != nil }
    for shard in list.shards {
      splits[shard.path] = byFolder ? shard.split : Self.split(ofName: shard.path)
    }
    let others = list.shards.map(\.path).filter { splits[$0] == nil }
    if !splits.isEmpty && !others.isEmpty {
      throw .mixedShards(
        path: list.path,
        splits: list.shards.map(\.path).filter { splits[$0] != nil }.map(FilePath.name(of:)),
        others: others.map(FilePath.name(of:)))
    }
    if !byFolder && Set(splits.values).count < 2 { splits = [:] }
  }

  /// Gives examples without a split that of their shard, unless a column or the folders in the names of members say it.
  ///
  /// - Throws: ``DatasetError/problems(_:)`` where a column says another split than the folder of the shard.
  func apply(to data: inout Dataset) throws(DatasetError) {
    guard !splits.isEmpty else { return }
    let isSaid = data.reading.tables.contains { $0.used.contains { $0.role == .split } }
    guard !isSaid else { return try check(data) }
    for index in data.examples.indices {
      data.examples[index].split = splits[data.examples[index].file]
    }
    data.reading.tables = data.reading.tables.map {
      byFolder ? $0.dividedByFolder() : $0.dividedByShardNames()
    }
    data.reading.warnings.removeAll { warning in
      if case .splitFoldersInPaths = warning { true } else { false }
    }
    let found = Set(splits.values).sorted()
    data.reading.notes.append(
      .shardsAsSplits(
        splits: found, counts: found.map { split in splits.values.count { $0 == split } },
        byFolder: byFolder))
  }

  private func check(_ data: Dataset) throws(DatasetError) {
    guard byFolder else { return }
    var problems = DataProblems()
    for example in data.examples {
      if let own = example.split, let folder = splits[example.file], own != folder {
        problems.add(.sample(.splitDiffers(own, folder: folder)), at: example.origin)
      }
    }
    try problems.check()
  }

  private static func split(ofName path: String) -> Split? {
    let words = FilePath.stem(of: path).split { !$0.isLetter }
    let found = Set(words.compactMap { Split(synonym: String($0)) })
    return found.count == 1 ? found.first : nil
  }
}
