/// `data.json` of a run, as far as a report shows it.
struct DataFile: Decodable {
  struct Leakage: Decodable {
    var groups: [SplitFacts.SharedGroup]
    var leaks: [SplitFacts.Copies]
    var conflicts: [SplitFacts.Copies]
    var duplicates: [SplitFacts.Copies]
  }

  var name: String
  var digest: String?
  var classes: [String]
  var counts: [String: [String: Int]]
  var groups: [String: Int]?
  var split: [String]?
  var leakage: Leakage?
  var skipped: [Population.Skipped]?

  var population: Population {
    let known = ["train", "val", "test"]
    let names =
      known.filter { counts[$0] != nil } + counts.keys.filter { !known.contains($0) }.sorted()
    return Population(
      name: name, digest: digest, classes: classes,
      parts: names.map { part in
        Population.Part(
          name: part, counts: classes.map { counts[part]?[$0] ?? 0 }, groups: groups?[part])
      },
      skipped: skipped ?? [])
  }

  var splits: SplitFacts? {
    leakage.map {
      SplitFacts(
        statements: split ?? [], groups: $0.groups, leaks: $0.leaks, conflicts: $0.conflicts,
        duplicates: $0.duplicates.count)
    }
  }
}
