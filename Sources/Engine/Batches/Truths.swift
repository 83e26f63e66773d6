public import Sampling

/// What is known of the target of each example of a set.
public enum Truths: Sendable {
  /// Class of each, `[N]`; `nil` where unknown.
  case classes([Int?])
  /// Any number of labels of each, `[N, L]`.
  case labels(LabelTable)
  /// A number of each, `[N]`, as it stands in the data.
  case numbers([Double])

  /// Number of examples, N.
  var count: Int {
    switch self {
    case .classes(let labels): labels.count
    case .labels(let table): table.count
    case .numbers(let numbers): numbers.count
    }
  }
}

extension ExampleSet {
  /// Class of each example, `[N]`; `nil` where unknown, and where it has labels or a number.
  public var labels: [Int?] {
    if case .classes(let labels) = truths { labels } else { paths.map { _ in nil } }
  }

  /// The labels of each example, `[N, L]`, where it may have several; else `nil`.
  public var labelTable: LabelTable? {
    if case .labels(let table) = truths { table } else { nil }
  }

  /// The number of each example, `[N]`, where that is the target; else `nil`.
  public var numbers: [Double]? {
    if case .numbers(let numbers) = truths { numbers } else { nil }
  }
}
