import Requirements

/// Buckets as `--buckets` names them: rows by names that are joined with `+`, each name in one bucket at most.
struct NamedBuckets {
  /// Names and rows of each bucket, in order.
  let all: [(names: [String], rows: Int)]
  /// The same as an option that needs no file.
  let option: ClassMass
  /// What an error says first of a file.
  let place: String

  /// - Parameters:
  ///   - option: what was asked for.
  ///   - names: what may stand in a bucket.
  ///   - noun: what each of them is, such as `class`.
  /// - Throws: `OptionError` for a name that is none of these or in two buckets, rows that are no whole number from 1;
  ///   `FileError` for a file that is no table.
  init(_ option: ClassMass, of names: [String], noun: String) throws {
    let given: [String: Double]
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
            + " (--drop-class leaves a \(noun) out)")
      }
      found.append((try Self.members(text, of: names, noun, place), Int(rows)))
    }
    for name in names where found.count(where: { $0.names.contains(name) }) > 1 {
      throw OptionError.conflict(
        "buckets: \(place)'\(name)' is in two buckets; put every \(noun) into one")
    }
    (all, self.option) = (found, .named(given))
  }

  /// Most rows of a bucket in a round.
  private static let most = 1_000_000.0

  /// The bucket of a name; `nil` where it is in none.
  func bucket(of name: String) -> Int? { all.firstIndex { $0.names.contains(name) } }

  /// The bucket of each name.
  ///
  /// - Throws: `OptionError` for a name in no bucket.
  func buckets(of names: [String], noun: String) throws(OptionError) -> [Int] {
    var buckets: [Int] = []
    for name in names {
      guard let bucket = bucket(of: name) else {
        throw .conflict(
          "buckets: \(place)'\(name)' is in no bucket; put every \(noun) into one")
      }
      buckets.append(bucket)
    }
    return buckets
  }

  /// The names in a bucket: one whose name it is, or those that are joined with `+`.
  private static func members(
    _ text: String, of names: [String], _ noun: String, _ place: String
  ) throws(OptionError) -> [String] {
    if names.contains(text) { return [text] }
    let members = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    for name in members where !names.contains(name) {
      let meant = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw .conflict("buckets: \(place)there is no \(noun) '\(name)'\(meant)")
    }
    guard Set(members).count == members.count else {
      throw .conflict(
        "buckets: \(place)'\(text)' has a \(noun) twice; put every \(noun) into one bucket once")
    }
    return members
  }
}
