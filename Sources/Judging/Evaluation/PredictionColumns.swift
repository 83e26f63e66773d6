import Files

/// Which column of somebody's table of predictions is what.
///
/// Names are compared without regard to case; of several that fit, the first in the list below wins,
/// and the others are carried along.
struct PredictionColumns {
  static let idNames = [
    "path", "id", "file", "file_name", "filename", "filepath", "image", "image_id", "image_path",
  ]
  static let truthNames = ["y_true", "label", "target", "class", "true_label", "truth", "dx"]
  static let decisionNames = ["y_pred", "prediction", "predicted", "pred"]
  static let groupNames = ["group", "patient_id", "subject_id", "patientid"]
  static let splitNames = ["split", "fold"]

  /// What a column of scores is named by.
  enum Scores: String {
    case probability = "prob_"
    case logit = "logit_"
    /// The class's own name.
    case bare = ""
  }

  let id: Int
  let truth: Int?
  let decision: Int?
  let kind: Scores
  /// Columns of scores, `[C]`, in file order.
  let scores: [Int]
  /// Class names, `[C]`.
  let classes: [String]
  /// Columns carried along.
  let carried: [Int]

  /// The columns of a header.
  ///
  /// Without any `prob_` or `logit_` column, the classes are those columns of no other use whose first
  /// value is a number in 0…1. Logits beside probabilities are left out.
  ///
  /// - Parameters:
  ///   - header: Names, in file order.
  ///   - first: The first record, if there is one.
  ///   - file: What errors call the file.
  /// - Throws: `FileError.malformedLine` where there is no id or no class.
  init(_ header: [String], first: DelimitedRecord?, file: String) throws(FileError) {
    let (named, names) = (NamedColumns(header, file: file), header.map { $0.lowercased() })
    // pandas writes its row index as a first column without a name.
    let index = names.first == "" ? 0 : nil
    guard let id = named.first(Self.idNames) ?? index else {
      throw .malformedLine(
        path: file, line: 1,
        reason: "no column names the examples; expected one of"
          + " \(Self.idNames.joined(separator: ", ")), got \(header.joined(separator: ", "))")
    }
    self.id = id
    truth = named.first(Self.truthNames)
    decision = named.first(Self.decisionNames)
    let roles = Set([id, truth, decision, index].compactMap(\.self))
    let free = header.indices.filter { !roles.contains($0) }
    let (kind, scores) = Self.scores(header, free, first, names)
    (self.kind, self.scores) = (kind, scores)
    let prefix = kind.rawValue.count
    classes = scores.map {
      kind == .bare ? header[$0] : String(header[$0].dropFirst(prefix))
    }
    guard !scores.isEmpty else {
      throw .malformedLine(
        path: file, line: 1,
        reason:
          "no column holds probabilities; expected prob_<class> or logit_<class> for each class,"
          + " or columns named like the classes with numbers in 0…1,"
          + " got \(header.joined(separator: ", "))")
    }
    let used = Set(scores)
    carried = free.filter {
      !used.contains($0) && !(kind == .probability && names[$0].hasPrefix(Scores.logit.rawValue))
    }
  }

  private static func scores(
    _ header: [String], _ free: [Int], _ first: DelimitedRecord?, _ names: [String]
  ) -> (Scores, [Int]) {
    for kind in [Scores.probability, .logit] {
      let found = free.filter { names[$0].hasPrefix(kind.rawValue) }
      if !found.isEmpty { return (kind, found) }
    }
    let known = Set(groupNames + splitNames)
    let bare = free.filter { column in
      guard !known.contains(names[column]), !header[column].isEmpty, let first else { return false }
      return first.number(column).map((0...1).contains) ?? false
    }
    return (.bare, bare)
  }
}
