/// What can be wrong with what an audit is given. Rows count from 0, as NumPy counts them.
public enum AuditError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no example.
  case noExamples(String)
  /// There are no two classes.
  case oneClass(String)
  /// As many labels as rows of probabilities are needed.
  case otherCount(labels: Int, rows: Int)
  /// A label that no column stands for.
  case noSuchClass(row: Int, label: String, classes: Int)
  /// A label that is none of the names.
  case unknownName(row: Int, label: String, nearest: String?)
  /// A name that no class has.
  case noClassOfName(String, nearest: String?)
  /// A number that is no probability.
  case notAProbability(row: Int, column: Int, value: Double)
  /// Probabilities that do not sum to 1.
  case badSum(row: Int, sum: Double)
  /// As many names as classes are needed.
  case otherNames(names: Int, classes: Int)
  /// Two classes of one name.
  case nameTwice(String)
  /// Fewer examples than neighbours that are looked for.
  case tooFewNeighbours(rows: Int, neighbours: Int)
  /// A feature that is no number, or infinite.
  case notFinite(row: Int, column: Int)
  /// Features of other examples.
  case noFeatures(path: String, file: String, missing: Int)
  /// An image that is not among the data of a run.
  case noSuchImage(String, run: String, examples: Int, nearest: String?)
  /// A last layer whose gradients are not at hand.
  case noClosedForm(run: String, has: String)
  /// A run whose data are not where they lay.
  case dataMoved(run: String, data: String, hint: String)
  /// Nothing was learned from.
  case noTrainingImages(run: String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noExamples(let path): "\(path): has no rows, so there is nothing to audit"
    case .oneClass(let path):
      "\(path): has one column, expected a probability for each of at least 2 classes"
    case .otherCount(let labels, let rows):
      "\(labels) labels for \(rows) rows of probabilities; they must be of the same examples in the same order"
    case .noSuchClass(let row, let label, let classes):
      "row \(row): expected a class number in 0…\(classes - 1), one for each column of the probabilities, got"
        + " \(label)"
    case .unknownName(let row, let label, let nearest):
      "row \(row): '\(label)' is none of the classes"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .noClassOfName(let name, let nearest):
      "no class is called '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .notAProbability(let row, let column, let value):
      "row \(row), column \(column): expected a probability between 0 and 1, got \(value)"
    case .badSum(let row, let sum):
      "row \(row): expected probabilities that sum to 1, got a sum of \(sum); if they are logits or sigmoid scores,"
        + " make probabilities of them first"
    case .otherNames(let names, let classes):
      "\(names) class names for \(classes) columns of probabilities; name each column, in their order"
    case .nameTwice(let name):
      "two classes are called '\(name)', so a label of that name could be either; give each column a name of its own"
    case .tooFewNeighbours(let rows, let neighbours):
      "\(rows) examples, and \(neighbours) neighbours of each are looked for; ask for fewer neighbours"
    case .notFinite(let row, let column):
      "row \(row), column \(column): expected a finite feature, got NaN or an infinite number; leave the row out or make"
        + " its features again"
    case .noFeatures(let path, let file, let missing):
      "\(file): has no features of '\(path)'" + (missing > 1 ? " and \(missing - 1) others" : "")
        + "; make them of the same images with: steelyard embed"
    case .noSuchImage(let image, let run, let examples, let nearest):
      "'\(image)' is none of the \(examples) examples of \(run); name it as split.csv of the run does"
        + (nearest.map { ", such as '\($0)'" } ?? "")
    case .noClosedForm(let run, let has):
      "\(run): its model has \(has); influence is explained at one linear, cosine, mixed or scaled head over a softmax: explain a run"
        + " of such a method, as erm or balanced-softmax"
    case .dataMoved(let run, let data, let hint):
      "\(data): no such file or folder, and the data of \(run) lay there; if they have moved, \(hint)"
    case .noTrainingImages(let run):
      "\(run): no example of its data is in the training part, so nothing can explain an answer; name the data that it"
        + " learned from"
    }
  }
}
