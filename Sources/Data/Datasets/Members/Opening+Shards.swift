import Files

extension Opening {
  /// Reads tar shards by WebDataset's rule, as a table of their samples.
  ///
  /// - Throws: ``DatasetError``; everything wrong with the samples is reported together.
  func shards(_ list: ShardList) throws(DatasetError) -> Dataset {
    if let imageRoot { throw .imageRootWithoutTable(path: list.path, root: imageRoot) }
    if let path = columns.path {
      throw .badParameter(
        name: "path column", value: path,
        expected: "none for tar shards, in which each image has the name of its member")
    }
    var samples = ShardSamples()
    for shard in list.shards {
      do throws(FileError) {
        let archive = try TarArchive(path: shard.path)
        guard !PackedFile.isOne(archive.file) else {
          throw .malformed(
            path: shard.path,
            reason: "is a packed file among shards, with a table of its own; name it by itself")
        }
        samples.add(archive)
      } catch {
        throw .file(error)
      }
    }
    try samples.problems.check()
    guard !samples.samples.isEmpty else { throw Self.nothing(in: list, samples) }
    var data = try dataset(list, samples)
    try ShardSplits(list).apply(to: &data)
    var others = samples.others
    others.add(list.others)
    data.reading.notes += others.notes
    if samples.links > 0 { data.reading.notes.append(.linksPassedOver(samples.links)) }
    return data
  }

  private func dataset(
    _ list: ShardList, _ samples: ShardSamples
  ) throws(DatasetError) -> Dataset {
    let table = ShardTable(samples, columns)
    var opening = self
    opening.columns = table.request
    do throws(DatasetError) {
      return try MemberTable(
        path: list.path, columns: table.columns, rows: table.rows, members: samples.members,
        store: samples.store
      )
      .dataset(name: list.name, layout: .shards, opening: opening, classesIn: list.folder)
    } catch {
      guard case .missingColumn(_, ColumnRole.label.noun, let found, _, let likely) = error else {
        throw error
      }
      throw .noLabels(path: list.path, expected: Self.labels(found, likely))
    }
  }

  private static func labels(_ found: [String], _ likely: [String]) -> String {
    "a field 'cls' beside each image (a.jpg, a.cls), a field 'json' with a label, or members in class folders (cat/a.jpg);"
      + " found the columns: \(found.joined(separator: ", "))"
      + (likely.isEmpty
        ? "" : ", of which by their cells may be labels: \(likely.joined(separator: ", "))")
  }

  private static func nothing(in list: ShardList, _ samples: ShardSamples) -> DatasetError {
    samples.others.files.isEmpty
      ? .empty(path: list.path, expected: "samples with an image each (a.jpg, a.cls)")
      : .noImages(path: list.path, found: samples.others.files)
  }
}
