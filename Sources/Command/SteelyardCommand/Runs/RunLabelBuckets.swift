import Batches
import Console
import Datasets
package import Sampling

/// The buckets of labels that a run was asked to draw from, checked against its labels and its batches.
package struct RunLabelBuckets {
  /// Stands for the rows without any label.
  static let none = "none"
  /// Stands for those of them that `--hard-normals` names.
  static let hard = "hard"

  /// What draws.
  package let sampler: LabelBucketSampler
  /// The same as an option that needs no file.
  package let option: ClassMass
  /// What to say of them when training starts, in lines.
  package let statements: [String]

  /// - Parameters:
  ///   - option: what was asked for: rows by names of labels, `none` and `hard`, joined with `+`.
  ///   - normals: which rows are hard normals.
  ///   - names: labels in the order of the model.
  ///   - table: labels of the training part.
  ///   - batchSize: rows of a batch.
  /// - Throws: `OptionError` for a label in no bucket or in two, a name that is none, rows that are no whole number from 1, a
  ///   bucket without rows, a batch that does not hold whole rounds; `FileError` for a file that is no table.
  package init(
    _ option: ClassMass, normals: HardNormalRows?, names: [String], table: LabelTable,
    batchSize: Int
  ) throws {
    let isHardALabel = names.contains(Self.hard) && normals == nil
    let reserved = [Self.none] + (isHardALabel ? [] : [Self.hard])
    for name in reserved where names.contains(name) {
      let meaning =
        name == Self.none ? "rows without any label" : "the rows that --hard-normals names"
      throw OptionError.conflict(
        "buckets: the data have a label '\(name)', which here stands for \(meaning);"
          + " give the label another name with --class-names")
    }
    let buckets = try NamedBuckets(option, of: names + reserved, noun: "label")
    let ofLabel = try buckets.buckets(of: names, noun: "label")
    let hard = isHardALabel ? nil : buckets.bucket(of: Self.hard)
    if normals == nil, hard != nil {
      throw OptionError.conflict(
        "buckets: '\(Self.hard)' stands for the rows that --hard-normals names, which is not given")
    }
    if normals != nil, hard == nil {
      throw OptionError.conflict(
        "hard-normals: they are drawn by a bucket of --buckets; give it rows, as in \(Self.hard)=2")
    }
    sampler = LabelBucketSampler(
      ofLabel, none: buckets.bucket(of: Self.none), hard: hard,
      hardRows: normals?.rows ?? [], each: buckets.all.map(\.rows))
    self.option = buckets.option
    let size = min(batchSize, table.count)
    try Self.check(batchSize, of: table.count, holds: buckets.all.map(\.rows).reduce(0, +))
    let places = sampler.places(in: table)
    let sizes = buckets.all.indices.map { bucket in places.count { $0 == bucket } }
    for (bucket, count) in zip(buckets.all, sizes) where count == 0 {
      throw OptionError.conflict(
        "buckets: \(buckets.place)'\(bucket.names.joined(separator: "+"))' has no row: \(Self.reason(Set(bucket.names).subtracting(names)))"
      )
    }
    statements = Self.statements(buckets, sizes, batch: size, table, places, normals)
  }

  /// Refuses series of unequal length, whose batches are put together by length.
  static func checkOrder(of set: ExampleSet) throws(OptionError) {
    guard case .rows(let rows, let members) = set.content, rows.kind == .series,
      Set(members.map { rows.steps(of: $0) }).count > 1
    else { return }
    throw .conflict(
      "buckets: the series are of unequal length, and a batch holds rows of like length; leave --buckets out"
    )
  }

  /// Refuses a batch that does not hold whole rounds.
  ///
  /// - Parameters:
  ///   - batchSize: rows of a batch that were asked for.
  ///   - count: rows of the training part: a batch has no more.
  ///   - round: rows of all buckets together.
  private static func check(
    _ batchSize: Int, of count: Int, holds round: Int
  ) throws(OptionError) {
    guard round <= count else {
      throw .conflict(
        "buckets: the training part has \(Format.count(count)) rows, fewer than the \(Format.count(round)) of one"
          + " round; give the buckets fewer")
    }
    let size = min(batchSize, count)
    guard !size.isMultiple(of: round) else { return }
    let (below, above) = (size / round * round, (size / round + 1) * round)
    let better = [below, above].filter { 0 < $0 && $0 <= count }.map { "\($0)" }
    throw .conflict(
      "buckets: a batch of \(Format.count(size)) rows does not hold whole rounds of \(Format.count(round)); take"
        + " --batch-size \(better.joined(separator: " or "))")
  }

  /// Why a bucket has no row.
  ///
  /// - Parameter normal: what is in it besides labels.
  private static func reason(_ normal: Set<String>) -> String {
    if normal == [hard] {
      return
        "every row that --hard-normals names has a label or is not known, or none is in the training part"
    }
    guard normal.isEmpty else {
      return
        "every row has a label, is a hard normal of another bucket, or is not known; leave it out"
    }
    return
      "every row with such a label has a rarer one and stands in its bucket; join the two with +"
  }

  private static func statements(
    _ buckets: NamedBuckets, _ sizes: [Int], batch: Int, _ table: LabelTable, _ places: [Int],
    _ normals: HardNormalRows?
  ) -> [String] {
    let round = buckets.all.map(\.rows).reduce(0, +)
    let parts = buckets.all.map { bucket in
      "\(Format.count(bucket.rows * (batch / round))) of \(bucket.names.joined(separator: " and "))"
    }
    var lines = [
      "buckets: every batch of \(Format.count(batch)) rows has \(parts.joined(separator: ", ")); a row of several"
        + " labels stands in the bucket of its rarest"
    ]
    for (bucket, size) in zip(buckets.all, sizes) where size < bucket.rows * (batch / round) {
      let name = bucket.names.joined(separator: " and ")
      lines.append(
        "buckets: \(name) has \(Format.count(size)) for the \(Format.count(bucket.rows * (batch / round))) rows of a"
          + " batch, which repeats them")
    }
    let isBare = table.rowsWithoutLabels
    let unknown = isBare.count { places[$0] < 0 && !table[$0].contains(false) }
    let undrawn = isBare.count { places[$0] < 0 } - unknown
    if undrawn > 0 {
      lines.append(
        "buckets: \(Format.count(undrawn)) rows without any label are never drawn; \(none)=… draws them"
      )
    }
    if unknown > 0 {
      lines.append(
        "buckets: \(Format.count(unknown)) rows of which nothing is known are never drawn")
    }
    return lines + (normals.map { [statement(of: $0, table)] } ?? [])
  }

  private static func statement(of normals: HardNormalRows, _ table: LabelTable) -> String {
    let labelled = normals.rows.count { table[$0].contains(true) }
    let unknown = normals.rows.count { table[$0].allSatisfy { $0 == nil } }
    let parts = [
      "\(Format.count(normals.rows.count - labelled - unknown)) rows without any label (\(normals.source))",
      labelled > 0 ? "\(Format.count(labelled)) have one and stand in its bucket" : nil,
      unknown > 0 ? "of \(Format.count(unknown)) nothing is known" : nil,
      normals.elsewhere > 0
        ? "\(Format.count(normals.elsewhere)) are of other parts of the data" : nil,
    ]
    return "hard normals: \(parts.compactMap(\.self).joined(separator: "; "))"
  }
}

extension LabelTable {
  /// Rows that have no label, as far as is known.
  fileprivate var rowsWithoutLabels: [Int] {
    (0..<count).filter { !self[$0].contains(true) }
  }
}
