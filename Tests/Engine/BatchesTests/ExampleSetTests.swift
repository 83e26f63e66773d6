import Batches
import Datasets
import Imaging
import Sampling
import Testing

/// What a set of examples says of its rows.
@Suite("Sets of examples")
struct ExampleSetTests {
  private func image(_ value: UInt8) -> Image {
    Image(width: 1, height: 1, channels: 3, pixels: [value, value, value])
  }

  private func set(_ paths: [String], from first: UInt8, groups: [String] = []) -> ExampleSet {
    ExampleSet(paths: paths, labels: paths.indices.map { $0 }, groups: groups) { row, _ in
      image(first + UInt8(row))
    }
  }

  /// The second set's rows follow with their own images and without their labels.
  @Test func unlabelledRowsFollow() throws {
    let both = set(["a", "b"], from: 10).followed(byUnlabelled: set(["c", "d", "e"], from: 50))
    #expect(both.paths == ["a", "b", "c", "d", "e"])
    #expect(both.labels == [0, 1, nil, nil, nil])
    #expect(both.count == 5 && both.groups.isEmpty)
    let read = try #require(both.read)
    #expect(try (0..<5).map { try read($0, nil).pixels[0] } == [10, 11, 50, 51, 52])
  }

  /// Groups are as long as the rows wherever the first set has them.
  @Test func groupsFollow() {
    let grouped = set(["a", "b"], from: 0, groups: ["p", "q"])
    let other = set(["c"], from: 0, groups: ["r"])
    let plain = set(["c"], from: 0)
    #expect(grouped.followed(byUnlabelled: other).groups == ["p", "q", "r"])
    #expect(grouped.followed(byUnlabelled: plain).groups == ["p", "q", ""])
    #expect(plain.followed(byUnlabelled: other).groups.isEmpty)
  }

  /// A set has classes, labels or numbers, and nothing of the two others.
  @Test func oneKindOfTruth() {
    let table = LabelTable([true, nil, false, true], width: 2)
    let rows = ExampleSet.Content.rows(RowStore(features: [1, 2], width: 1), members: [1, 0])
    let classes = ExampleSet(paths: ["a", "b"], labels: [1, nil], content: rows)
    #expect(classes.labels == [1, nil] && classes.labelTable == nil && classes.numbers == nil)
    let several = ExampleSet(
      paths: ["a", "b"], labels: [1, 0], labelTable: table, content: rows)
    #expect(several.labels == [nil, nil] && several.labelTable == table && several.numbers == nil)
    let numbers = ExampleSet(paths: ["a", "b"], truths: .numbers([2.5, -1]), content: rows)
    #expect(numbers.labels == [nil, nil] && numbers.labelTable == nil)
    #expect(numbers.numbers == [2.5, -1] && numbers.read == nil)
  }
}
