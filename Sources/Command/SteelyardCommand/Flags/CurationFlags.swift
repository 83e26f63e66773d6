import ArgumentParser
import Curation

/// How `curate` chooses a diverse set.
struct CurationFlags: ParsableArguments {
  /// The two rules by name.
  enum Rule: String, ExpressibleByArgument, CaseIterable {
    case fractionWithFloor = "fraction-with-floor"
    case quota
  }

  @Option(
    help: ArgumentHelp(
      "How many of each bin: a fraction of it and one at least, or a fixed number (default: fraction-with-floor).",
      valueName: "rule"))
  var rule: Rule?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of --rule fraction-with-floor: share of a bin (default: 0.2).", valueName: "share"))
  var fraction: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Of --rule quota: rows of a bin (default: 2).", valueName: "number"))
  var quota: Int?

  @Option(
    help: ArgumentHelp(
      "Clusters of a group: a number, or sqrt for the root of its rows (default: sqrt).",
      valueName: "number|sqrt"))
  var clusters: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("In place of --clusters: rows of a cluster, about.", valueName: "number"))
  var clusterSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Groups with fewer rows are left out, by name (default: 20).", valueName: "number"))
  var leastGroup: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Bins of a cluster, by distance to its centre (default: 5).", valueName: "number"))
  var bins: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Principal components that are clustered; fewer where rows are fewer (default: 256).",
      valueName: "number"))
  var components: Int?

  @Option(
    help: ArgumentHelp(
      "Column with what is clustered by itself, a slide say (default: the group of the data).",
      valueName: "name"))
  var clusterColumn: String?

  @Flag(help: "Cluster all rows together, whatever groups they have.")
  var oneGroup = false

  @Option(
    help: ArgumentHelp(
      "Column with the patient (default: the group of the data).", valueName: "name"))
  var patientColumn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Rows of a patient at most (default: any number).", valueName: "number"))
  var perPatient: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Greatest cosine distance of scaled features at which one row is a near copy of another and left out (default: 0.01).",
      valueName: "0–2"))
  var copyDistance: Double?

  @Flag(help: "Choose among near copies too.")
  var keepCopies = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Unlabelled clusters that a labelled one proposes its label to (default: 0).",
      valueName: "number"))
  var spread: Int?

  func validate() throws {
    if fraction != nil, rule == .quota {
      throw ValidationError(
        "--fraction: it is of --rule fraction-with-floor, and the rule is quota.")
    }
    if quota != nil, rule != .quota {
      throw ValidationError("--quota: it needs --rule quota.")
    }
    if clusters != nil, clusterSize != nil {
      throw ValidationError("--clusters and --cluster-size both say how many clusters; give one.")
    }
    if oneGroup, clusterColumn != nil {
      throw ValidationError("--one-group and --cluster-column contradict each other; give one.")
    }
    if let clusters, clusters != "sqrt", Int(clusters) == nil {
      throw ValidationError("--clusters: expected a number or sqrt, got '\(clusters)'.")
    }
    for (name, number) in [
      ("--clusters", clusters.flatMap { Int($0) }), ("--cluster-size", clusterSize),
    ] {
      if let number, number < 1 {
        throw ValidationError("\(name): expected at least 1, got \(number).")
      }
    }
    if keepCopies, copyDistance != nil {
      throw ValidationError("--keep-copies and --copy-distance contradict each other; give one.")
    }
    if let copyDistance, !(0...2).contains(copyDistance) {
      throw ValidationError("--copy-distance: expected 0 to 2, got \(copyDistance).")
    }
    if let spread, !(0...1000).contains(spread) {
      throw ValidationError("--spread: expected 0 to 1000, got \(spread).")
    }
    do { try settings.check() } catch { throw ValidationError("\(error).") }
  }

  /// The first option that was given; nil where none was.
  var given: String? {
    let all: [(String, Bool)] = [
      ("--rule", rule != nil), ("--fraction", fraction != nil), ("--quota", quota != nil),
      ("--clusters", clusters != nil), ("--cluster-size", clusterSize != nil),
      ("--least-group", leastGroup != nil), ("--bins", bins != nil),
      ("--components", components != nil), ("--cluster-column", clusterColumn != nil),
      ("--one-group", oneGroup), ("--patient-column", patientColumn != nil),
      ("--per-patient", perPatient != nil), ("--copy-distance", copyDistance != nil),
      ("--keep-copies", keepCopies), ("--spread", spread != nil),
    ]
    return all.first(where: \.1)?.0
  }

  /// As the library takes them.
  var settings: CurationSettings {
    var settings = CurationSettings()
    settings.rule =
      rule == .quota ? .quota(quota ?? 2) : .fractionWithFloor(fraction ?? 0.2)
    if let clusterSize { settings.clusters = .ofSize(clusterSize) }
    if let clusters, let number = Int(clusters) { settings.clusters = .fixed(number) }
    settings.leastGroup = leastGroup ?? settings.leastGroup
    settings.bins = bins ?? settings.bins
    settings.components = components ?? settings.components
    settings.mostOfPatient = perPatient
    settings.copyDistance = keepCopies ? nil : copyDistance ?? settings.copyDistance
    settings.spread = spread ?? settings.spread
    return settings
  }
}
