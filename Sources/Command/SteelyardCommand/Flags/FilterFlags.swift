import ArgumentParser
import Targets

/// How `predict` filters images by the labels that a model says of them.
struct FilterFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sort images by a model of several labels, such as what is wrong with made images: accepted.csv has those of which no label"
        + " reaches its stored threshold, rejected.csv the others and what cannot be read, filter.json the numbers.",
      valueName: "folder"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "Labels that reject an image (default: all; where decide stored a hierarchy, those that are no kind of another).",
      valueName: "label,label"))
  var filterLabels: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Images of a class that --filter accepts at least, those least above a threshold first; classes are those of a table.",
      valueName: "number"))
  var classFloor: Int?

  /// Files that are written, by their names.
  static let names = ["accepted.csv", "rejected.csv", "filter.json"]

  func validate() throws {
    if filter == nil, filterLabels != nil || classFloor != nil {
      throw ValidationError(
        "--filter-labels and --class-floor are about a filter: say where it is written with --filter FOLDER."
      )
    }
    if let classFloor, !(0...1_000_000).contains(classFloor) {
      throw ValidationError("--class-floor: expected a number of at least 0, got \(classFloor).")
    }
  }

  /// The labels that reject; nil is as the rule has it. A name with a comma in it is one where it is all that is asked for.
  func labels(among known: [String]) throws(OptionError) -> [String]? {
    guard let text = filterLabels else { return nil }
    if known.contains(text) { return [text] }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0).trimmed
    }
    guard !names.contains(""), Set(names).count == names.count else {
      throw .conflict(
        "filter-labels: expected different labels, such as hand,text; got '\(text)'")
    }
    return names
  }
}
