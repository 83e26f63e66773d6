import Files

/// Which column of somebody's table of predictions is what.
///
/// Names are compared without regard to case; of several that fit, the first in the list below wins,
/// and the others are carried along.
package struct PredictionColumns {
  package static let idNames = [
    "path", "id", "file", "file_name", "filename", "filepath", "image", "image_id", "image_path",
    "image_name", "img", "img_path", "sample_id",
  ]
  package static let truthNames = [
    "y_true", "label", "target", "class", "true_label", "truth", "dx", "labels", "true_class",
    "ground_truth", "groundtruth", "gt", "actual", "y", "diagnosis", "category",
  ]
  package static let decisionNames = [
    "y_pred", "prediction", "predicted", "pred", "predicted_label", "predicted_class", "pred_label",
    "pred_class", "y_hat", "predictions",
  ]
  package static let groupNames = ["group", "patient_id", "subject_id", "patientid"]
  package static let splitNames = ["split", "fold"]

  /// What a column of scores is named by.
  enum Prefix: String {
    case probability = "prob_"
    case logit = "logit_"
  }

  /// Where the scores of a row come from.
  enum Scores {
    /// A column of probabilities for each class, `[C]`.
    case probabilities([Int])
    /// A column of logits for each class, `[C]`.
    case logits([Int])
    /// One column for two classes.
    case lone(LoneScore)
    /// There are decisions alone.
    case none
  }

  /// Where the class of a row comes from.
  enum Source {
    /// A column of names.
    case labels(Int)
    /// A column of 0 and 1 for each class, `[C]`.
    case oneHot([Int])
  }

  /// What was found of the columns that hold scores.
  struct Found {
    var scores: Scores
    var classes: [String]
    /// What stands before a class in the names of its columns.
    var prefix = ""
    /// Whether the columns have the bare names of the classes.
    var isBare = false
    var truth: Source?
    var decision: Source?
    var statements: [ReadingStatement] = []
  }

  let id: Int
  let found: Found
  /// Columns carried along.
  let carried: [Int]

  var truth: Source? { found.truth }
  var decision: Source? { found.decision }
  /// Class names, `[C]`.
  var classes: [String] { found.classes }

  /// Whether the header says all: columns `prob_<class>` or `logit_<class>`, several of them, and a column of the truth
  /// or none that could be one of several.
  static func isPlain(_ header: [String]) -> Bool {
    let names = header.map { $0.lowercased() }
    return [Prefix.probability, .logit].contains { prefix in
      names.count { $0.hasPrefix(prefix.rawValue) } > 1
        && (names.contains(where: truthNames.contains) || !mayHoldTruth(names, prefix))
    }
  }

  /// Whether columns are named as those that say of each class whether it is the true one: what they hold decides.
  private static func mayHoldTruth(_ names: [String], _ prefix: Prefix) -> Bool {
    let scores = names.filter { $0.hasPrefix(prefix.rawValue) }
    let classes = Set(scores.map { String($0.dropFirst(prefix.rawValue.count)) })
    let others = names.filter { !$0.hasPrefix(prefix.rawValue) }
    return others.count(where: classes.contains) > 1
      || Affix.truths.contains { affix in others.count { affix.stem(of: $0) != nil } > 1 }
  }

  /// Columns of labels, of which a profile should keep the different cells.
  static func labelled(_ header: [String]) -> [Int] {
    header.indices.filter { index in
      let name = header[index].lowercased()
      return truthNames.contains(name) || decisionNames.contains(name)
    }
  }

  /// The columns of a table.
  ///
  /// - Parameters:
  ///   - header: Names, in file order.
  ///   - profile: What the columns hold; `nil` where ``isPlain(_:)``.
  ///   - options: How it is to be read.
  ///   - file: What errors call the file.
  ///   - open: Opens the table once more.
  /// - Throws: `PredictionsError` where there is no id or no class, or it is not clear what is what.
  init(
    _ header: [String], profile: ColumnProfile?, _ options: PredictionOptions, file: String,
    open: @escaping () throws(FileError) -> DelimitedReader
  ) throws(PredictionsError) {
    let (named, names) = (NamedColumns(header, file: file), header.map { $0.lowercased() })
    // pandas writes its row index as a first column without a name, and reads it back as `Unnamed: 0`.
    let index = names.first == "" || names.first == "unnamed: 0" ? 0 : nil
    guard let id = named.first(Self.idNames) ?? index else {
      throw .file(
        .malformedLine(
          path: file, line: 1,
          reason: "no column names the examples; expected one of"
            + " \(Self.idNames.joined(separator: ", ")), got \(shortened(header))"))
    }
    self.id = id
    let search = ScoreSearch(
      header: header, names: names, profile: profile, options: options, file: file,
      reserved: Set([id, index].compactMap(\.self)), open: open)
    found = try search.found()
    let used = Set(found.used + [id] + (index.map { [$0] } ?? []))
    var isPlainProbability = false
    if case .probabilities = found.scores { isPlainProbability = found.prefix != "" }
    carried = header.indices.filter {
      !used.contains($0)
        && !(isPlainProbability && names[$0].hasPrefix(Prefix.logit.rawValue))
    }
  }
}

extension PredictionColumns.Found {
  /// All columns with a role.
  var used: [Int] {
    let sources = [truth, decision].compactMap { $0 }.flatMap { source in
      switch source {
      case .labels(let column): [column]
      case .oneHot(let columns): columns
      }
    }
    switch scores {
    case .probabilities(let columns), .logits(let columns): return sources + columns
    case .lone(let score): return sources + [score.column]
    case .none: return sources
    }
  }
}
