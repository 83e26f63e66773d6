import ArgumentParser

/// What `audit` reads in place of a table: probabilities and labels as arrays.
struct ArrayFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Out-of-sample probabilities, [N, C] (.npy); read block by block.", valueName: "file"))
  var probabilities: String?

  @Option(
    help: ArgumentHelp(
      "Given labels of --probabilities, [N]: .npy of class numbers or names, or a table with a column label.",
      valueName: "file"))
  var given: String?

  @Option(
    help: ArgumentHelp(
      "Names of the columns of --probabilities, or of the classes of --raters in their order, one a line (default: their numbers).",
      valueName: "file"))
  var classNames: String?

  func validate() throws {
    guard (probabilities == nil) == (given == nil) else {
      throw ValidationError("--probabilities and --given go together: give both.")
    }
  }
}
