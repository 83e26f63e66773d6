import Requirements

/// Which columns of a table of ratings hold what.
struct RatingColumns {
  /// Where the raters' classes are.
  enum Form {
    /// A rating a line.
    case long(rater: Int, label: Int)
    /// A row a line, a column for each rater.
    case wide([Int])
  }

  let path: Int
  let form: Form
  /// The label that a row has so far; nil where there is none.
  let given: Int?
  /// What was taken for what, in words.
  var notes: [String] = []

  static let paths = [
    "path", "file", "file_name", "filename", "image", "item", "example", "task", "id",
  ]
  static let raters = [
    "rater", "rater_id", "annotator", "annotator_id", "worker", "worker_id", "reader", "labeler",
    "labeller", "user",
  ]
  static let labels = ["label", "rating", "annotation", "class", "answer", "y"]
  static let givens = ["given", "given_label", "y_true", "label", "target"]
  /// Columns that are no raters unless somebody says so.
  static let others = [
    "group", "patient", "patient_id", "study", "split", "fold", "weight", "comment",
  ]

  /// Finds the columns of a header.
  ///
  /// - Parameters:
  ///   - names: the header.
  ///   - file: what errors call the file.
  ///   - named: columns of raters, where somebody named them.
  /// - Throws: ``RatingError``.
  init(_ names: [String], file: String, raters named: [String]?) throws(RatingError) {
    let lower = names.map { $0.lowercased() }
    func find(_ known: [String]) -> Int? {
      known.lazy.compactMap { lower.firstIndex(of: $0) }.first
    }
    guard let path = find(Self.paths) else {
      throw .noColumn(file: file, what: "paths", expected: Self.paths, found: names)
    }
    self.path = path
    if let named {
      let columns = try named.map { name throws(RatingError) in
        guard let place = names.firstIndex(of: name) else {
          throw .noSuchColumn(
            file: file, name: name, found: names, nearest: nearest(to: name, among: names))
        }
        return place
      }
      guard Set(columns).count > 1, !columns.contains(path) else {
        throw .noRaters(file: file, found: named)
      }
      form = .wide(columns)
      given = Self.givens.lazy.compactMap { lower.firstIndex(of: $0) }.first {
        !columns.contains($0)
      }
    } else if let rater = find(Self.raters) {
      guard let label = find(Self.labels) else {
        throw .noColumn(file: file, what: "labels", expected: Self.labels, found: names)
      }
      form = .long(rater: rater, label: label)
      given = find(["given", "given_label", "y_true"])
    } else {
      let given = find(Self.givens)
      let columns = names.indices.filter {
        $0 != path && $0 != given && !Self.others.contains(lower[$0])
          && !Self.paths.contains(lower[$0])
      }
      guard columns.count > 1 else { throw .noRaters(file: file, found: names) }
      self.given = given
      form = .wide(columns)
      let passed = names.indices.filter { !columns.contains($0) && $0 != path && $0 != given }
      notes.append(
        "\(file): taken as raters: \(columns.map { names[$0] }.joined(separator: ", "))"
          + (passed.isEmpty
            ? "" : "; passed over: \(passed.map { names[$0] }.joined(separator: ", "))"))
    }
    if let given {
      notes.append("\(file): the given labels are those of the column \(names[given])")
    }
  }
}
