import ArgumentParser
import Evaluation
import Targets

/// How predictions are read; the same for every command that reads a table of them.
struct ReadingFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The positive one of two classes: average precision and AUROC are of it, and so is a single column of scores (default: the class with fewer training images, of a table the rarer).",
      valueName: "class"))
  var positive: String?

  @Flag(
    help:
      "Divide each row of probabilities by its sum, where a table was rounded or holds sigmoid scores."
  )
  var renormalize = false

  @Flag(
    help:
      "The classes are grades in their order: give weighted kappas and Kendall's tau-b too. What trains grades, or selects by a weighted kappa, says so of its runs."
  )
  var ordered = false

  /// Says so where an option is given that tables of this kind have no use for.
  ///
  /// - Throws: `OptionError.conflict`.
  func check(_ kind: TargetKind, of path: String) throws(OptionError) {
    guard kind == .labels || kind == .number else { return }
    let given: [(name: String, isGiven: Bool)] = [
      ("positive", positive != nil), ("renormalize", renormalize), ("ordered", ordered),
    ]
    guard let option = given.first(where: \.isGiven) else { return }
    throw .conflict(
      "\(option.name): it is for classes, and \(path) is read as \(kind.words); leave it out")
  }

  var options: PredictionOptions {
    PredictionOptions(renormalizes: renormalize, positive: positive, areOrdered: ordered)
  }
}
