import Console
package import Sampling

/// The buckets of classes that a run was asked to draw from, checked against its classes.
package struct RunBuckets {
  /// What draws.
  package let sampler: ClassBucketSampler
  /// The same as an option that needs no file.
  package let option: ClassMass
  private let buckets: NamedBuckets

  /// - Parameters:
  ///   - option: what was asked for: rows by names joined with `+`.
  ///   - names: classes in the order of the model.
  /// - Throws: `OptionError` for a class in no bucket or in two, a name that is no class, rows that are no whole number from
  ///   1; `FileError` for a file that is no table.
  package init(_ option: ClassMass, _ names: [String]) throws {
    buckets = try NamedBuckets(option, of: names, noun: "class")
    sampler = ClassBucketSampler(
      try buckets.buckets(of: names, noun: "class"), each: buckets.all.map(\.rows))
    self.option = buckets.option
  }

  /// What to say of them when training starts.
  package var statement: String {
    let round = buckets.all.map(\.rows).reduce(0, +)
    let parts = buckets.all.map { "\($0.rows) of \($0.names.joined(separator: " and "))" }
    return "buckets: of \(Format.count(round)) rows in a row, \(parts.joined(separator: ", "))"
  }
}
