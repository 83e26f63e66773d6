import Datasets
import Randomness
import Sampling
import TestSupport
import Testing

/// Splits of data of a number by joint cells of range and cluster.
@Suite struct CellSplitTests {
  /// 400 rows with a number, the rarest far out; cluster 1 has 40 rows, spread over all ranges.
  private func data(
    groups: Int? = nil, in folder: String
  ) throws -> (data: Dataset, clusters: [Int]) {
    var source = RandomSource(seed: 8)
    var lines = ["id,feature_0,age" + (groups == nil ? "" : ",patient")]
    for row in 0..<400 {
      let z = source.normal()
      let age = 40 + 8 * z + (z > 1.6 ? 30 : 0)
      lines.append(
        "r\(row),\(source.normal()),\(age)" + (groups.map { ",p\(row / $0)" } ?? ""))
    }
    try Fixture.file(folder + "/f.csv", lines.joined(separator: "\n") + "\n")
    let data = try Dataset.open(
      folder + "/f.csv", labels: .number, columns: ColumnNames(label: "age"), input: .features)
    return (data, (0..<400).map { $0 % 10 == 0 ? 1 : 0 })
  }

  /// Rows of each split within `slack` of its share of every range and of every cell.
  private func check(
    _ data: Dataset, _ clusters: [Int], slack: (Double) -> Double, cells wantsCells: Bool = true
  ) {
    let cells = JointCells(
      ranges: NumberTable(data.examples.compactMap(\.number)).places, clusters: clusters)
    let ranges = (0..<(cells.range.max() ?? 0) + 1).map { range in
      (0..<400).filter { cells.range[cells.ofRow[$0]] == range }
    }
    let own = (0..<cells.count).map { cell in (0..<400).filter { cells.ofRow[$0] == cell } }
    for rows in ranges + (wantsCells ? own : []) {
      for (split, share) in [(Split.train, 0.7), (.val, 0.15), (.test, 0.15)] {
        let found = Double(rows.count { data.examples[$0].split == split })
        let ideal = share * Double(rows.count)
        #expect(abs(found - ideal) <= slack(ideal), "\(split): \(found) of \(ideal)")
      }
    }
  }

  @Test func singleRowsAreDealtCellByCell() throws {
    try withTemporaryFolder { folder in
      let (data, clusters) = try data(in: folder)
      var splitter = Splitter(key: RandomKey(seed: 2))
      splitter.clusters = clusters
      let result = try splitter.split(data)
      check(result.dataset, clusters) { _ in 2 }
      let cells = JointCells(
        ranges: NumberTable(data.examples.compactMap(\.number)).places, clusters: clusters)
      let statement = SplitStatement.cells(
        ranges: Set(cells.range).count, clusters: 2, cells: cells.count, isExact: true)
      #expect(result.statements.contains(statement) && !statement.isWarning)
      #expect(
        SplitStatement.cells(ranges: 10, clusters: 2, cells: 14, isExact: true).text(of: "range")
          == "each part has its share of 14 joint cells of 10 ranges and 2 clusters, to within 2 rows of each"
      )
      // The key decides, and nothing else.
      #expect(try splitter.split(data).dataset.digest == result.dataset.digest)
      splitter.key = RandomKey(seed: 3)
      #expect(try splitter.split(data).dataset.digest != result.dataset.digest)
    }
  }

  /// With groups, ranges are as even as without clusters, large cells count too, and no group is parted.
  @Test func groupsStayTogether() throws {
    try withTemporaryFolder { folder in
      let (data, clusters) = try data(groups: 2, in: folder)
      var splitter = Splitter(key: RandomKey(seed: 2))
      splitter.clusters = clusters
      let result = try splitter.split(data)
      check(result.dataset, clusters, slack: { max(3.5, 0.08 * $0) }, cells: false)
      let homes = Dictionary(grouping: result.dataset.examples, by: \.group).mapValues {
        Set($0.map(\.split))
      }
      #expect(homes.count == 200 && homes.values.allSatisfy { $0.count == 1 })
      #expect(
        result.statements.contains {
          if case .cells(_, _, _, isExact: false) = $0 { true } else { false }
        })
    }
  }

  /// Clusters of data of classes change nothing.
  @Test func classesAreSplitAsEver() throws {
    let data = Fixture.dataset([[100, 30]], grouped: false)
    var splitter = Splitter(key: RandomKey(seed: 4))
    let plain = try splitter.split(data).dataset.digest
    splitter.clusters = [Int](repeating: 0, count: 130)
    #expect(try splitter.split(data).dataset.digest == plain)
  }
}
