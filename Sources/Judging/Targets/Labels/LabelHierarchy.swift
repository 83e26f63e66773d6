import Evaluation
import Requirements

/// Labels of which some are kinds of others: whatever has a child has its parents.
///
/// ```swift
/// let tree = try LabelHierarchy([.init(child: "nodule", parent: "lesion")], among: predictions.labels)
/// tree.applied(to: predictions)  // P(lesion) is at least P(nodule)
/// ```
///
/// Probabilities of single labels may say otherwise. They are decoded upwards: `p′(l) = max p(m)` over the label l and all that is
/// below it, so that `p′(parent) ≥ p′(child)`, what is right already stays as it is, and no probability falls.
///
/// Source: Obozinski, Lanckriet, Grant, Jordan and Noble, "Consistent probabilistic outputs for protein function prediction",
/// Genome Biology 9, 2008 (their "max").
public struct LabelHierarchy: Sendable, Equatable {
  /// One label below another.
  public struct Edge: Sendable, Hashable, Codable {
    /// The label below.
    public let child: String
    /// The label above.
    public let parent: String

    /// A child of a parent.
    public init(child: String, parent: String) { (self.child, self.parent) = (child, parent) }
  }

  /// Children with their parents, in the order given; a child may have several.
  public let edges: [Edge]
  /// All that is below each label that has children.
  private let below: [String: Set<String>]

  /// A hierarchy.
  ///
  /// - Parameters:
  ///   - edges: Children with their parents; what is said twice counts once.
  ///   - labels: The labels that there are; `nil` takes those of the edges.
  /// - Throws: ``LabelHierarchyError`` for an unknown label, or one that is above itself.
  public init(_ edges: [Edge], among labels: [String]?) throws(LabelHierarchyError) {
    var seen: Set<Edge> = []
    self.edges = edges.filter { seen.insert($0).inserted }
    for edge in edges {
      for name in [edge.child, edge.parent] {
        if let labels, !labels.contains(name) {
          throw .unknownLabel(name, nearest: nearest(to: name, among: labels), known: labels)
        }
      }
    }
    let children = Dictionary(grouping: self.edges, by: \.parent).mapValues { $0.map(\.child) }
    var below: [String: Set<String>] = [:]
    for edge in self.edges where below[edge.parent] == nil {
      below[edge.parent] = try Self.descendants(of: edge.parent, children)
    }
    self.below = below
  }

  private static func descendants(
    of label: String, _ children: [String: [String]]
  ) throws(LabelHierarchyError) -> Set<String> {
    var found: Set<String> = []
    var cameFrom: [String: String] = [:]
    var open = [label]
    while let next = open.popLast() {
      for child in children[next] ?? [] {
        if child == label {
          var circle = [child, next]
          while let last = circle.last, last != label, let above = cameFrom[last] {
            circle.append(above)
          }
          throw .circle(circle)
        }
        guard found.insert(child).inserted else { continue }
        cameFrom[child] = next
        open.append(child)
      }
    }
    return found
  }

  /// Places of what is below each label, among these labels, `[L]`.
  func below(_ labels: [String]) -> [[Int]] {
    labels.map { label in
      guard let under = below[label] else { return [] }
      return labels.indices.filter { under.contains(labels[$0]) }
    }
  }

  /// Predictions in which the probability of a label is at least that of all that is below it; truths stay as they are.
  ///
  /// - Parameter predictions: Of any labels; those that the hierarchy does not name stay as they are.
  public func applied(to predictions: LabelPredictions) -> LabelPredictions {
    let (under, width) = (below(predictions.labels), predictions.labels.count)
    let given = predictions.probabilities
    return LabelPredictions(
      labels: predictions.labels, paths: predictions.paths, truths: predictions.truths,
      probabilities: given.enumerated().map { entry, p in
        let row = entry / width * width
        return under[entry % width].reduce(p) { max($0, given[row + $1]) }
      }, carried: predictions.carried)
  }

  /// Rows of the examples that are known to have a label and known not to have one above it, ascending, `[found]`.
  ///
  /// - Parameter predictions: With their truths.
  public func contradictions(in predictions: LabelPredictions) -> [Int] {
    let (under, width) = (below(predictions.labels), predictions.labels.count)
    return (0..<predictions.count).filter { row in
      under.enumerated().contains { label, under in
        predictions.truths[row * width + label] == false
          && under.contains { predictions.truths[row * width + $0] == true }
      }
    }
  }
}

/// What can be wrong with a hierarchy of labels.
public enum LabelHierarchyError: Error, Equatable, CustomStringConvertible {
  /// It names a label that there is not.
  case unknownLabel(String, nearest: String?, known: [String])
  /// Labels are above each other: from a label by its parents to itself.
  case circle([String])

  /// The mistake in English.
  public var description: String {
    switch self {
    case .unknownLabel(let label, let nearest, let known):
      "the hierarchy names '\(label)', which is no label"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ";")
        + " the labels are \(known.joined(separator: ", "))"
    case .circle(let labels):
      "in the hierarchy '\(labels.first ?? "")' is above itself: \(labels.joined(separator: " is below "));"
        + " leave one of these out"
    }
  }
}
