/// What must be said about a split: what was kept, what was made, and what could not be reached.
public enum SplitStatement: Sendable, Equatable, Codable {
  /// The data came with these splits.
  case kept([Split])
  /// These splits were made, keeping groups together; `nil` where the data have none.
  case made([Split], groups: Int?)
  /// Validation was cut from the training part of the data.
  case validationCut(images: Int)
  /// Equal images were kept in one split, `images` in all.
  case equalsTogether(images: Int, sets: Int)
  /// Near copies were kept in one split, `images` in all.
  case nearCopiesTogether(images: Int, sets: Int)
  /// Joint cells of ranges and clusters were spread too: one row at a time, or as far as groups and copies that stay together let it.
  case cells(ranges: Int, clusters: Int, cells: Int, isExact: Bool)
  /// The data came with splits, but without a test.
  case noTest
  /// A class has fewer examples than the minimum in every split would need.
  case tooFewExamples(label: String, examples: Int, needed: Int, lacking: [Split])
  /// A class lies in fewer groups than there are splits.
  case tooFewGroups(label: String, groups: Int, splits: Int, lacking: [Split])
  /// A class could not be placed without breaking another minimum or a group.
  case notReached(label: String, minimum: Int, lacking: [Split])

  /// A class has examples for every split and its share in some is less than one, where single rows are dealt.
  case shareTooSmall(label: String, examples: Int, lacking: [Split])

  /// Whether something wanted was not reached.
  public var isWarning: Bool {
    switch self {
    case .kept, .made, .validationCut, .equalsTogether, .nearCopiesTogether, .cells: false
    case .noTest, .tooFewExamples, .tooFewGroups, .notReached, .shareTooSmall: true
    }
  }
}

extension SplitStatement: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String { text(of: "class") }

  /// The same of labels, where an example may have several.
  ///
  /// - Parameter noun: `class` or `label`.
  public func text(of noun: String) -> String {
    switch self {
    case .kept(let splits):
      "splits of the data kept: \(names(splits))"
    case .made(let splits, let groups):
      "split into \(names(splits)), stratified by \(noun)"
        + (groups.map { "; \($0) groups, each in one split only" } ?? "")
    case .validationCut(let images):
      "the data have no val: \(images) images of train now are"
    case .equalsTogether(let images, let sets):
      "kept together because they are equal: \(images) images in \(sets)"
        + " \(sets == 1 ? "set" : "sets")"
    case .nearCopiesTogether(let images, let sets):
      "kept together because they are near copies: \(images) images in \(sets)"
        + " \(sets == 1 ? "set" : "sets")"
    case .cells(let ranges, let clusters, let cells, let isExact):
      "each part has its share of \(cells) joint cells of \(ranges) ranges and \(clusters) clusters"
        + (isExact
          ? ", to within 2 rows of each"
          : ", as far as groups and copies that stay together let it")
    case .noTest:
      "the data have no test: the final numbers will be those of val, which also chose the model"
    case .tooFewExamples(let label, let examples, let needed, let lacking):
      "\(noun) '\(label)' is short in \(names(lacking)): it has \(examples) images,"
        + " the minimum in every split needs \(needed)"
    case .tooFewGroups(let label, let groups, let splits, let lacking):
      "\(noun) '\(label)' is short in \(names(lacking)): it lies in only \(groups)"
        + " \(groups == 1 ? "group" : "groups"), and \(splits) splits cannot share a group"
    case .shareTooSmall(let label, let examples, let lacking):
      "\(noun) '\(label)' is short in \(names(lacking)): the share of its \(examples) rows there is too small, and cells"
        + " are dealt by shares alone"
    case .notReached(let label, let minimum, let lacking):
      "\(noun) '\(label)' has fewer than \(minimum) images in \(names(lacking)):"
        + " its groups cannot be spread without taking them from another \(noun)"
    }
  }

  private func names(_ splits: [Split]) -> String {
    splits.map(\.rawValue).joined(separator: ", ")
  }
}
