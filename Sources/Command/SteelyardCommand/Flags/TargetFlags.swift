import ArgumentParser
import Evaluation
import Files
import Targets

/// What the targets of a table are, and how those that are no classes are read.
struct TargetFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What an image has for a target: one class, labels (true_<label> and prob_<label>, or lists in y_true), grades, or a number (default: seen from the table).",
      valueName: "class|labels|grades|number"))
  var task: TargetKind?

  @Option(
    help: ArgumentHelp(
      "The grades from the lowest up; grades that are numbers need none.", valueName: "name,name,…"
    ))
  var order: String?

  @Option(
    help: ArgumentHelp(
      "What a label counts as that is blank or -1.", valueName: "ignore|zeros|ones"))
  var unknown = UnknownLabels.ignore

  @Option(
    help: ArgumentHelp(
      "Column of images that are views of one study: judge labels study by study, and image by image beside it.",
      valueName: "column"))
  var studyColumn: String?

  @Option(
    help: ArgumentHelp(
      "How the probabilities of a study's views become one; auto is the one of the greatest mean average precision on validation (default: mean).",
      valueName: "mean|max|noisy-or|auto"))
  var studyJoin: StudyJoinChoice?

  @Option(
    help: ArgumentHelp(
      "Calibrate and decide labels by this rule, as decide wrote it.", valueName: "file.json"))
  var rule: String?

  @Option(
    help: ArgumentHelp(
      "Table of labels that are kinds of others, columns child and parent: who has a child has its parents.",
      valueName: "table"))
  var hierarchy: String?

  @Option(
    help: ArgumentHelp(
      "Ends of the ranges of a true number whose errors are told apart (default: five of equal width).",
      valueName: "number,number,…"))
  var bins: String?

  /// The kind of target of a table, as it was said or is seen.
  ///
  /// What can be read as classes is; only a table that can be nothing else is one of labels or numbers.
  ///
  /// - Parameters:
  ///   - path: A table, or a run directory, whose targets are classes.
  ///   - reading: With a positive class or a division by sums a table of labels is one of classes.
  func kind(of path: String, _ reading: PredictionOptions) -> TargetKind {
    if let task { return task }
    if order != nil { return .grades }
    if studyColumn != nil || rule != nil || hierarchy != nil { return .labels }
    guard FilePath.isFile(path), let sketch = try? TargetSketch(path) else { return .classes }
    if sketch.holdsNumbers { return .number }
    let isOfClasses = reading.positive != nil || reading.renormalizes
    return sketch.holdsLabels && !isOfClasses ? .labels : .classes
  }

  /// Says so where an option is for targets of another kind.
  ///
  /// - Throws: `OptionError.conflict`.
  func check(_ kind: TargetKind, of path: String) throws(OptionError) {
    let given: [(name: String, isGiven: Bool, kind: TargetKind)] = [
      ("order", order != nil, .grades), ("unknown", unknown != .ignore, .labels),
      ("study-column", studyColumn != nil, .labels), ("study-join", studyJoin != nil, .labels),
      ("rule", rule != nil, .labels), ("hierarchy", hierarchy != nil, .labels),
      ("bins", bins != nil, .number),
    ]
    for option in given where option.isGiven && option.kind != kind {
      throw .conflict(
        "\(option.name): it is for \(option.kind.words), and \(path) is read as \(kind.words);"
          + " say what it holds with --task \(option.kind.rawValue), or leave --\(option.name) out")
    }
  }

  /// The bins that were asked for; `nil` for the usual ones.
  ///
  /// - Throws: `OptionError.conflict` for what is no list of ends.
  func numberBins() throws(OptionError) -> NumberBins? {
    guard let bins else { return nil }
    let numbers = bins.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard let made = NumberBins(edges: numbers.map { $0 ?? .nan }) else {
      throw .conflict(
        "bins: expected at least two ascending numbers such as 0,10,50, got '\(bins)'")
    }
    return made
  }
}

extension TargetKind {
  /// What a table of this kind holds.
  var words: String {
    switch self {
    case .classes: "classes"
    case .labels: "labels"
    case .grades: "grades"
    case .number: "numbers"
    }
  }
}
