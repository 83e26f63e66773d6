import ArgumentParser
import Audit
import Randomness

/// How `audit` asks the nearest neighbours, besides the probabilities.
struct NeighbourFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Features of the same examples, as embed writes them, for votes of neighbours.",
      valueName: "file"))
  var features: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Neighbours of each, itself among them (default: 10).", valueName: "number"))
  var neighbours: Int?

  @Option(
    help: ArgumentHelp("Seed of the rounds of neighbours (default: 1).", valueName: "number"))
  var seed: UInt64?

  func validate() throws {
    if let neighbours, !(3...1000).contains(neighbours) {
      throw ValidationError("--neighbours: expected 3 to 1000, got \(neighbours).")
    }
  }

  /// The first option that has no effect, for without features nobody is a neighbour; nil where there is none.
  var withoutEffect: String? {
    guard features == nil else { return nil }
    return neighbours != nil ? "--neighbours" : seed != nil ? "--seed" : nil
  }

  /// What the neighbours of the labelled examples say; nil without features.
  ///
  /// - Throws: as `FeatureRows`, and `AuditError` of `Neighbours`.
  func votes(on labels: GivenLabels, threads: Int) throws -> SimiFeat? {
    guard let features else { return nil }
    let table = try FeatureRows(features, of: labels)
    let neighbours = neighbours ?? 10
    let count = min(neighbours + 4, labels.given.count - 1)
    let near = try Neighbours(
      of: table.numbers, width: table.width, count: count, threads: threads,
      products: EngineProducts())
    return SimiFeat(
      near, given: labels.given, classes: labels.classes.count, neighbours: neighbours,
      key: RandomKey(seed: seed ?? 1).folding("audit"))
  }
}
