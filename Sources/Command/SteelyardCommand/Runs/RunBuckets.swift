import Console
import Requirements
package import Sampling

/// The buckets of classes that a run was asked to draw from, checked against its classes.
package struct RunBuckets {
  /// What draws.
  package let sampler: ClassBucketSampler
  /// The same as an option that needs no file.
  package let option: ClassMass
  /// Classes and rows of each bucket, in order.
  private let buckets: [(names: [String], rows: Int)]

  /// - Parameters:
  ///   - option: what was asked for: rows by names joined with `+`.
  ///   - names: classes in the order of the model.
  /// - Throws: `OptionError` for a class in no bucket or in two, a name that is no class, rows that are no whole number from
  ///   1; `FileError` for a file that is no table.
  package init(_ option: ClassMass, _ names: [String]) throws {
    let (given, place): ([String: Double], String)
    switch option {
    case .named(let rows): (given, place) = (rows, "")
    case .file(let path):
      let numbers = ClassNumbers(
        option: "buckets", noun: "rows", expectation: ClassMass.expectation)
      (given, place) = (try numbers.read(path), "\(path): ")
    }
    var found: [(names: [String], rows: Int)] = []
    for (text, rows) in given.sorted(by: { $0.key < $1.key }) {
      guard rows >= 1, rows <= Self.most, rows == rows.rounded() else {
        throw OptionError.conflict(
          "buckets: \(place)'\(text)' has the rows \(rows.yaml); expected a whole number from 1 to \(Int(Self.most))"
            + " (--drop-class leaves a class out)")
      }
      found.append((try Self.members(text, of: names, place), Int(rows)))
    }
    for name in names where found.count(where: { $0.names.contains(name) }) != 1 {
      let isMissing = !found.contains { $0.names.contains(name) }
      throw OptionError.conflict(
        "buckets: \(place)'\(name)' is in \(isMissing ? "no bucket" : "two buckets"); put every class into one"
      )
    }
    sampler = ClassBucketSampler(
      names.map { name in found.firstIndex { $0.names.contains(name) } ?? 0 },
      each: found.map(\.rows))
    (buckets, self.option) = (found, .named(given))
  }

  /// Most rows of a bucket in a round.
  private static let most = 1_000_000.0

  /// The classes of a bucket: one whose name it is, or those that are joined with `+`.
  private static func members(
    _ text: String, of names: [String], _ place: String
  ) throws(OptionError) -> [String] {
    if names.contains(text) { return [text] }
    let members = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    for name in members where !names.contains(name) {
      let meant = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw .conflict("buckets: \(place)there is no class '\(name)'\(meant)")
    }
    guard Set(members).count == members.count else {
      throw .conflict(
        "buckets: \(place)'\(text)' has a class twice; put every class into one bucket once")
    }
    return members
  }

  /// What to say of them when training starts.
  package var statement: String {
    let round = buckets.map(\.rows).reduce(0, +)
    let parts = buckets.map { "\($0.rows) of \($0.names.joined(separator: " and "))" }
    return "buckets: of \(Format.count(round)) rows in a row, \(parts.joined(separator: ", "))"
  }
}
