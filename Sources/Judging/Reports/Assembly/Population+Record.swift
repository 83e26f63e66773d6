import Datasets
import Runs

extension Population {
  init(_ record: DataRecord) {
    self.init(
      name: record.name, digest: record.digest, classes: record.classes,
      parts: record.parts.map {
        Part(name: $0, counts: record.counts(of: $0), groups: record.groups[$0])
      },
      skipped: record.skipped, input: record.input)
  }
}

extension SplitFacts {
  /// `nil` where what the parts share was not looked for.
  ///
  /// - Parameters:
  ///   - record: `data.json`.
  ///   - image: Bytes of the image file of a path.
  ///   - longest: Longer side of a picture, in pixels.
  init?(_ record: DataRecord, longest: Int, image: (String) -> [UInt8]?) {
    guard let leakage = record.leakage else { return nil }
    self.init(
      statements: record.split, groups: leakage.groups, leaks: leakage.leaks,
      conflicts: leakage.conflicts, duplicates: leakage.duplicates.count,
      nearCopies: record.nearCopies.map { NearCopyPart($0, longest: longest, image: image) })
  }
}
