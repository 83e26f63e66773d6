import Files

/// What files of arrays and tensors hold.
extension FeatureArrayReader {
  /// What a file holds.
  struct Content {
    var features: FeatureArray
    /// What messages call the features.
    var name: String
    var ids: [String]?
    var labels: [String]?
    /// Several labels a row, where they are read so.
    var several: LabelArray?
    var groups: [String]?
    var splits: [String]?
    /// Arrays that mean nothing here.
    var others: [String] = []
    /// That there are labels inside which are not read, and why.
    var unread: ReadingNote?
    var origin: FeatureOrigin?
  }

  func plain(_ path: String) throws(FileError) -> Content {
    let array = try NpyArray(parsing: FileBytes.read(path), name: path)
    return Content(
      features: try FeatureArray(array, name: path), name: path,
      origin: try FeatureOrigin.beside(path))
  }

  func tensors(_ path: String) throws(FileError) -> Content {
    let file = try FeatureTensors(path: path)
    guard let features = file.features else {
      throw .malformed(
        path: path,
        reason:
          "has no tensor 'features' or 'X', nor a single one of two axes; it has: "
          + file.names.prefix(12).joined(separator: ", "))
    }
    let name = "\(path):\(features)"
    var content = Content(
      features: try FeatureArray(file.array(features), name: name), name: name)
    let count = content.features.count
    let label = ["labels", "y"].first(where: file.names.contains)
    content.ids = try file.texts("ids", count: count)
    if let label {
      if labels == .several {
        content.unread = .labelsInside(label, .severalInTensors)
      } else if labels == .optional, LabelArray.isOne(file.shape(of: label) ?? []) {
        content.unread = .labelsInside(label, .severalColumns)
      } else {
        content.labels = try file.texts(
          label, count: count, areLabels: true, takingFractions: labels != .required)
      }
    }
    content.groups = try file.texts("groups", count: count)
    content.splits = try file.texts("splits", count: count)
    if let text = file.metadata[FeatureOrigin.name] {
      content.origin = try FeatureOrigin(parsing: text, name: "\(path):\(FeatureOrigin.name)")
    }
    let known = [features, "ids", label ?? "", "groups", "splits"]
    content.others = file.names.filter { !known.contains($0) }
    return content
  }

  func archive(_ path: String) throws(FileError) -> Content {
    let archive = try NpzArchive(path: path)
    let names = archive.names
    guard let features = InputSign.arrays.first(where: names.contains) else {
      throw .malformed(
        path: path,
        reason:
          "has no array 'features' or 'X'; it has: \(names.prefix(12).joined(separator: ", "))")
    }
    let name = "\(path):\(features)"
    var content = Content(
      features: try FeatureArray(archive.array(features), name: name), name: name)
    let label = ["labels", "y"].first(where: names.contains)
    let count = content.features.count
    func texts(
      _ array: String?, takingFractions: Bool = false
    ) throws(FileError) -> [String]? {
      guard let array, names.contains(array) else { return nil }
      let texts = try archive.names(in: array, takingFractions: takingFractions)
      guard texts.count == count else {
        throw .malformed(
          path: "\(path):\(array)",
          reason:
            "expected \(count) entries, one for each row of '\(features)', found \(texts.count)")
      }
      return texts
    }
    content.ids = try texts("ids")
    if labels == .several, let label {
      content.several = try LabelArray(
        archive.array(label), count: count, name: "\(path):\(label)")
    } else if let label, labels == .optional,
      let numbers = try? archive.array(label), LabelArray.isOne(numbers.shape)
    {
      // Classes as texts are no array of numbers.
      content.unread = .labelsInside(label, .severalColumns)
    } else {
      content.labels = try texts(label, takingFractions: labels != .required)
    }
    content.groups = try texts("groups")
    content.splits = try texts("splits")
    if names.contains(FeatureOrigin.name),
      let text = try archive.names(in: FeatureOrigin.name).first
    {
      content.origin = try FeatureOrigin(parsing: text, name: "\(path):\(FeatureOrigin.name)")
    }
    let known =
      [features, "ids", label ?? "", "groups", "splits", FeatureOrigin.name]
      + Self.digests
    content.others = names.filter { !known.contains($0) }
    return content
  }

  /// Arrays that say again what stands in the origin.
  private static let digests = ["weights_digest", "preprocessing_digest"]
}
