import Evaluation
import Foundation
import Randomness
import Targets
import TestSupport
import Testing

/// Decoding upwards is the least change that no hierarchy contradicts, found by trying all.
@Suite struct HierarchyDecodingTests {
  private static let labels = ["a", "b", "c", "d"]
  /// A chain, a tree, a label of two parents, and nothing.
  private static let trees: [[(String, String)]] = [
    [("a", "b"), ("b", "c"), ("c", "d")], [("b", "a"), ("c", "a"), ("d", "c")],
    [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")], [],
  ]

  private func tree(_ number: Int) throws -> LabelHierarchy {
    try LabelHierarchy(
      Self.trees[number].map { .init(child: $0.0, parent: $0.1) }, among: Self.labels)
  }

  private func predictions(_ rows: [[Double]]) -> LabelPredictions {
    LabelPredictions(
      labels: Self.labels, paths: rows.indices.map(String.init),
      truths: [Bool?](repeating: nil, count: rows.count * 4), probabilities: rows.flatMap(\.self))
  }

  private func isConsistent(_ row: [Double], _ number: Int) -> Bool {
    Self.trees[number].allSatisfy { child, parent in
      guard let low = Self.labels.firstIndex(of: child),
        let high = Self.labels.firstIndex(of: parent)
      else { return false }
      return row[high] >= row[low]
    }
  }

  @Test(arguments: 0..<4) func itIsTheLeastConsistentRaise(number: Int) throws {
    let (tree, steps) = (try tree(number), 3)
    let all = (0..<steps * steps * steps * steps).map { code in
      [code, code / 3, code / 9, code / 27].map { Double($0 % steps) / 2 }
    }
    let decoded = tree.applied(to: predictions(all))
    for (place, row) in all.enumerated() {
      let found = Array(decoded.probabilities[place * 4..<(place + 1) * 4])
      #expect(isConsistent(found, number))
      // Nothing falls, and of all consistent rows that lie nowhere below it is the lowest everywhere.
      for other in all where isConsistent(other, number) && zip(other, row).allSatisfy(>=) {
        #expect(zip(found, other).allSatisfy(<=), "\(row): \(found) and \(other)")
      }
      #expect(zip(found, row).allSatisfy(>=))
      if isConsistent(row, number) { #expect(found == row) }
    }
    // Twice is once.
    #expect(tree.applied(to: decoded) == decoded)
  }

  @Test(arguments: 0..<4) func theOrderOfLabelsAndEdgesIsOfNoMatter(number: Int) throws {
    var random = RandomKey(seed: 4).folding(number).source
    let rows = (0..<20).map { _ in (0..<4).map { _ in random.uniform() } }
    let plain = try tree(number).applied(to: predictions(rows))
    let order = random.shuffle(4)
    let turned = LabelPredictions(
      labels: order.map { Self.labels[$0] }, paths: plain.paths, truths: plain.truths,
      probabilities: rows.flatMap { row in order.map { row[$0] } })
    let edges = Self.trees[number].reversed().map {
      LabelHierarchy.Edge(child: $0.0, parent: $0.1)
    }
    let other = try LabelHierarchy(edges + edges, among: nil).applied(to: turned)
    for row in 0..<20 {
      for (place, label) in order.enumerated() {
        #expect(other.probabilities[row * 4 + place] == plain.probabilities[row * 4 + label])
      }
    }
  }

  @Test func circlesAreNamedFromALabelToItself() {
    func message(_ edges: [(String, String)]) -> String {
      do throws(LabelHierarchyError) {
        _ = try LabelHierarchy(edges.map { .init(child: $0.0, parent: $0.1) }, among: nil)
        return "none"
      } catch { return error.description }
    }
    #expect(
      message([("a", "a")])
        == "in the hierarchy 'a' is above itself: a is below a; leave one of these out")
    #expect(
      message([("a", "b"), ("b", "a")])
        == "in the hierarchy 'b' is above itself: b is below a is below b; leave one of these out")
    let three = message([("a", "b"), ("b", "c"), ("c", "a")])
    #expect(three.hasPrefix("in the hierarchy 'b' is above itself: b is below"), "\(three)")
    #expect(three.components(separatedBy: " is below ").count == 4)
  }

  @Test func contradictionsAreTruthsThatDecodingWouldChange() throws {
    let tree = try tree(1)
    var rows: [[Bool?]] = []
    for code in 0..<81 {
      rows.append([code, code / 3, code / 9, code / 27].map { [true, false, nil][$0 % 3] })
    }
    let predictions = LabelPredictions(
      labels: Self.labels, paths: rows.indices.map(String.init), truths: rows.flatMap(\.self),
      probabilities: [Double](repeating: 0.5, count: 4 * rows.count))
    // b and c are kinds of a, d of c and so of a.
    let expected = rows.indices.filter { row in
      let (a, b, c, d) = (rows[row][0], rows[row][1], rows[row][2], rows[row][3])
      return a == false && (b == true || c == true || d == true) || c == false && d == true
    }
    #expect(tree.contradictions(in: predictions) == expected && !expected.isEmpty)
  }
}
