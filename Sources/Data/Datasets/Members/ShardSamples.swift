import Files

/// The samples of tar shards while they are gathered, and all that is wrong with them.
struct ShardSamples {
  /// One image, and what stands beside it.
  struct Sample {
    /// The name of the image's member.
    let image: String
    let fields: SampleFields
  }

  private struct Member {
    let name: String
    let field: String
    let isImage: Bool
    let range: Range<Int>
  }

  private(set) var samples: [Sample] = []
  private(set) var store = MemberStore()
  /// The number of each image in the store.
  private(set) var members: [String: Int] = [:]
  /// Members that are not part of the data.
  private(set) var others = UncountedTally()
  private(set) var problems = DataProblems()
  private(set) var links = 0
  /// The keys of the objects in fields `json`.
  private(set) var keys = JSONColumns()
  /// In which shard a sample stands first, and whether it has an image there.
  private var places: [String: (shard: String, hasImage: Bool)] = [:]

  /// Takes over the samples of a shard.
  mutating func add(_ archive: TarArchive) {
    links += archive.links
    var (sample, group): (String, [Member]) = ("", [])
    for entry in archive.entries {
      let name = SampleName.plain(entry.name)
      guard let parts = SampleName(name), !name.hasPrefix("__MACOSX/") else {
        passOver(name)
        continue
      }
      if parts.sample != sample {
        finish(sample, group, of: archive.file)
        (sample, group) = (parts.sample, [])
      }
      group.append(
        Member(name: name, field: parts.field, isImage: parts.isImage, range: entry.range))
    }
    finish(sample, group, of: archive.file)
  }

  /// A member that belongs to no sample.
  private mutating func passOver(_ name: String) {
    let base = FilePath.name(of: name)
    if !base.hasPrefix(".") && !name.hasPrefix("__MACOSX/") {
      others.add(.unnamed(content: nil), name)
    } else if ImageFolder.isImage(base) && !base.hasPrefix("._") {
      others.add(.hidden, name)
    }
  }

  private mutating func finish(_ sample: String, _ group: [Member], of file: MappedFile) {
    guard let first = group.first else { return }
    let images = group.filter(\.isImage)
    let before = places[sample]
    places[sample] = (
      before?.shard ?? file.path, !images.isEmpty || before?.hasImage == true
    )
    if let before, before.hasImage || !images.isEmpty {
      let fault: SampleFault =
        before.shard == file.path ? .apart(sample) : .inTwoShards(sample, first: before.shard)
      return problems.add(.sample(fault), at: "\(file.path)/\(first.name)")
    }
    guard let image = images.first else {
      for member in group { passOver(field: member) }
      return
    }
    if let fault = fault(of: group, images) {
      return problems.add(.sample(fault), at: "\(file.path)/\(image.name)")
    }
    members[image.name] = store.append(file, image.range, name: image.name)
    samples.append(Sample(image: image.name, fields: fields(group, of: file)))
  }

  private func fault(of group: [Member], _ images: [Member]) -> SampleFault? {
    var seen: Set<String> = []
    if let twice = group.first(where: { !seen.insert($0.field).inserted }) {
      return .fieldTwice(twice.field)
    }
    return images.count > 1 ? .severalImages(images.map(\.field)) : nil
  }

  private mutating func passOver(field member: Member) {
    others.add(.named(FilePath.fileExtension(of: member.name)), member.name)
  }

  /// The fields that say something of the image; others are counted.
  private mutating func fields(_ group: [Member], of file: MappedFile) -> SampleFields {
    var fields = SampleFields()
    for member in group where !member.isImage {
      guard SampleFields.names.contains(member.field) else {
        passOver(field: member)
        continue
      }
      let bytes = file.withBytes(in: member.range) { [UInt8]($0) }
      if let reason = fields.take(member.field, bytes, &keys) {
        problems.add(
          .sample(.field(member.field, reason: reason)), at: "\(file.path)/\(member.name)")
      }
    }
    return fields
  }
}
