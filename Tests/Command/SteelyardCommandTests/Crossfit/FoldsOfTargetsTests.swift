import Datasets
import Files
import Foundation
import Randomness
import Runs
import Sampling
import SteelyardCommand
import TestSupport
import Testing

/// Folds of rows that have several labels, or a number.
@Suite struct FoldsOfTargetsTests {
  /// Rows of features in groups of two with the columns `has_a` (every third row), `has_b` (as said; `?` is not known) and `age`.
  private func table(_ b: (Int) -> String, count: Int = 60, in folder: String) throws -> String {
    var lines = ["feature_0,feature_1,has_a,has_b,age,patient"]
    for row in 0..<count {
      let mark = b(row) == "?" ? "" : b(row)
      lines.append(
        "\(row % 11),\(row % 7),\(row % 3 == 0 ? 1 : 0),\(mark),\(Double(row) + 0.5),p\(row / 2)")
    }
    let path = folder + "/t.csv"
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
    return path
  }

  private func plan(
    _ path: String, labels: [String] = [], number: String? = nil, folds: Int = 3, seed: UInt64 = 1
  ) throws -> FoldPlan {
    let columns =
      number.map { ColumnNames(label: $0, group: "patient") }
      ?? ColumnNames(group: "patient", labelColumns: labels)
    let data = try Dataset.open(
      path, labels: number == nil ? .several : .number, columns: columns, input: .features)
    return try FoldPlan(
      data, Survey(data, threads: 1), alike: [], count: folds, key: RandomKey(seed: seed))
  }

  @Test func everyFoldHasItsPartOfEachLabel() throws {
    try withTemporaryFolder { folder in
      let path = try table(
        { $0 % 4 == 1 ? "?" : $0 % 5 == 0 ? "1" : "0" }, in: folder)
      let plan = try plan(path, labels: ["has_a", "has_b"])
      let fold = plan.fold.compactMap(\.self)
      #expect(fold.count == 60 && Set(fold) == [1, 2, 3])
      for row in stride(from: 0, to: 60, by: 2) { #expect(fold[row] == fold[row + 1]) }
      for label in 0..<2 {
        for isThere in [true, false] {
          let parts = (1...3).map { number in
            fold.indices.count {
              fold[$0] == number && plan.data.examples[$0].labels?[label] == isThere
            }
          }
          #expect(parts.allSatisfy { $0 >= 1 }, "label \(label) \(isThere): \(parts)")
        }
      }
      #expect(plan.table.rows[0].label == "has_a|has_b")
      #expect(plan.table.rows[1].label == "has_b?" && plan.table.rows[2].label == "")
      for number in 1...3 {
        let parts = try plan.split(ofFold: number, .standard)
        let test = parts.examples.indices.filter { parts.examples[$0].split == .test }
        #expect(test == fold.indices.filter { fold[$0] == number })
        #expect(parts.examples.contains { $0.split == .val })
        let training = parts.examples.filter { $0.split == .train }
        for label in 0..<2 {
          #expect(Set(training.compactMap { $0.labels?[label] }) == [true, false])
        }
      }
    }
  }

  /// A label that nearly all have is spread by those that have it not.
  @Test func whoHasNotALabelIsSpreadToo() throws {
    try withTemporaryFolder { folder in
      let lacking = [8, 28, 48]
      let plan = try plan(
        try table({ lacking.contains($0) ? "0" : "1" }, in: folder), labels: ["has_a", "has_b"])
      #expect(Set(lacking.map { plan.fold[$0] }) == [1, 2, 3])
    }
  }

  /// What a training part cannot teach is said before anything is written.
  @Test func trainingPartsAreChecked() throws {
    try withTemporaryFolder { folder in
      let plan = try plan(
        try table({ $0 % 5 == 0 ? "1" : "0" }, in: folder), labels: ["has_a", "has_b"])
      #expect(try plan.parts(.standard).count == 3)
      // Two groups lack b, in two folds: where one is test, all of the other may be validation.
      let path = try table({ [8, 28].contains($0) ? "0" : "1" }, in: folder)
      for seed in 1...6 {
        let plan = try self.plan(path, labels: ["has_a", "has_b"], seed: UInt64(seed))
        let teachesBoth = try (1...3).allSatisfy { number in
          let training = try plan.split(ofFold: number, .standard).examples.filter {
            $0.split == .train
          }
          return Set(training.compactMap { $0.labels?[1] }) == [true, false]
        }
        if teachesBoth {
          #expect(try plan.parts(.standard).count == 3)
        } else {
          #expect(throws: DatasetError.self) { try plan.parts(.standard) }
        }
      }
    }
  }

  @Test func numbersAreSpreadByTheirRanges() throws {
    try withTemporaryFolder { folder in
      let path = try table({ _ in "0" }, in: folder)
      let plan = try plan(path, number: "age")
      let fold = plan.fold.compactMap(\.self)
      #expect(Set(fold) == [1, 2, 3] && plan.table.rows[3].label == "3.5")
      for number in 1...3 {
        let ages = fold.indices.filter { fold[$0] == number }.compactMap {
          plan.data.examples[$0].number
        }
        // Three groups a range of ten: each fold has one of each.
        #expect(ages.contains { $0 < 12 } && ages.contains { $0 > 48 }, "\(ages)")
        #expect(try plan.split(ofFold: number, .standard).examples.contains { $0.split == .val })
      }
    }
  }

  /// Of rows without groups every fold has the floor or the ceiling of its part of each range and of each joint cell; with groups, no
  /// group is parted.
  @Test func jointCellsAreSpreadToOneRow() throws {
    try withTemporaryFolder { folder in
      var source = RandomSource(seed: 6)
      var lines = ["feature_0,feature_1,age,patient"]
      for row in 0..<203 {
        let (x, z) = (source.normal(), source.normal())
        lines.append(
          "\(x + (row % 3 == 0 ? 9 : 0)),\(z),\(40 + 8 * z + (z > 1.6 ? 30 : 0)),p\(row / 3)")
      }
      let path = folder + "/n.csv"
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
      func plan(_ columns: ColumnNames, seed: UInt64) throws -> (FoldPlan, [Int]) {
        var data = try Dataset.open(
          path, labels: .number, columns: columns, input: .features)
        if columns.group == nil {
          for index in data.examples.indices { data.examples[index].group = nil }
        }
        let clusters = try RowClusters(
          try #require(data.rows), members: Array(data.examples.indices), count: 3,
          option: "strata-clusters", key: RandomKey(seed: seed)
        ).ofRow
        let plan = try FoldPlan(
          data, Survey(data, threads: 1), alike: [], count: 4, clusters: clusters,
          key: RandomKey(seed: seed))
        return (plan, clusters)
      }
      for seed: UInt64 in 1...4 {
        let (plan, clusters) = try plan(ColumnNames(label: "age"), seed: seed)
        let fold = plan.fold.compactMap(\.self)
        let cells = JointCells(
          ranges: NumberTable(plan.data.examples.compactMap(\.number)).places, clusters: clusters)
        let groups =
          [fold.indices.map { $0 }]
          + (0..<cells.count).map { cell in fold.indices.filter { cells.ofRow[$0] == cell } }
          + Set(cells.range).map { range in
            fold.indices.filter { cells.range[cells.ofRow[$0]] == range }
          }
        for rows in groups {
          for number in 1...4 {
            let own = rows.count { fold[$0] == number }
            #expect(own == rows.count / 4 || own == (rows.count + 3) / 4, "\(own) of \(rows.count)")
          }
        }
        #expect(try self.same(plan, try plan.split(ofFold: 1, .standard)))
        let again = try plan.parts(.standard)
        #expect(again.count == 4)
      }
      let one = try plan(ColumnNames(label: "age"), seed: 1).0.fold
      #expect(try plan(ColumnNames(label: "age"), seed: 1).0.fold == one)
      #expect(try plan(ColumnNames(label: "age"), seed: 2).0.fold != one)
      let grouped = try plan(ColumnNames(label: "age", group: "patient"), seed: 1).0
      let homes = Dictionary(grouping: grouped.fold.indices) { grouped.data.examples[$0].group }
      #expect(homes.values.allSatisfy { Set($0.map { grouped.fold[$0] }).count == 1 })
      #expect(Set(grouped.fold.compactMap(\.self)) == [1, 2, 3, 4])
    }
  }

  /// Whether the first fold is the test part of its run, and others are validation.
  private func same(_ plan: FoldPlan, _ parts: Dataset) -> Bool {
    let test = parts.examples.indices.filter { parts.examples[$0].split == .test }
    return test == plan.fold.indices.filter { plan.fold[$0] == 1 }
      && parts.examples.contains { $0.split == .val }
  }

  /// Rows that are no members change no cluster, and what cannot be clustered is refused by name.
  @Test func clustersAreOfTheMembersAlone() throws {
    var source = RandomSource(seed: 9)
    let own = (0..<120).map { Float(source.normal()) + ($0 % 4 < 2 ? 6 : 0) }
    func clusters(_ others: Float) throws -> RowClusters {
      try RowClusters(
        RowStore(features: own + (0..<40).map { others * Float($0) }, width: 2),
        members: Array(0..<60), count: 2, option: "cells", key: RandomKey(seed: 1))
    }
    let found = try clusters(1)
    #expect(found.ofRow == (try clusters(-70)).ofRow && found.count == 2)
    // Two planted kinds, row by row in turn.
    #expect((0..<60).allSatisfy { found.ofRow[$0] == found.ofRow[$0 % 2] })
    #expect(found.ofRow[0] != found.ofRow[1])
    #expect {
      try RowClusters(
        RowStore(features: own, width: 2), members: [0, 1], count: 3, option: "cells",
        key: RandomKey(seed: 1))
    } throws: {
      "\($0)" == "cells: expected at most as many clusters as rows, which are 2, got 3"
    }
    #expect {
      try RowClusters(
        RowStore(series: own, channels: 1, steps: [60, 60]), members: [0, 1], count: 2,
        option: "strata-clusters", key: RandomKey(seed: 1))
    } throws: {
      "\($0)" == "strata-clusters: expected rows of features, got 2 clusters of series"
    }
  }

  @Test func aLabelOfOneGroupIsRefused() throws {
    try withTemporaryFolder { folder in
      let have = try table({ $0 == 8 || $0 == 9 ? "1" : "0" }, in: folder)
      #expect(
        throws: CrossfitError.labelInOneFold(
          label: "has_b", isThere: true, images: 2, groups: 1)
      ) { try plan(have, labels: ["has_a", "has_b"]) }
      let lack = try table({ $0 == 8 ? "0" : "1" }, in: folder)
      #expect(
        throws: CrossfitError.labelInOneFold(
          label: "has_b", isThere: false, images: 1, groups: 1)
      ) { try plan(lack, labels: ["has_a", "has_b"]) }
      #expect(throws: CrossfitError.tooFewGroups(30, folds: 31)) {
        try plan(try table({ "\($0 % 2)" }, in: folder), labels: ["has_a", "has_b"], folds: 31)
      }
    }
    #expect(
      CrossfitError.labelInOneFold(label: "b", isThere: true, images: 2, groups: 1).description
        == "all 2 images that have label 'b' are in one fold, for they are one group that stays together, so its model"
        + " could not learn the label; leave the label out")
    #expect(
      CrossfitError.labelInOneFold(label: "b", isThere: false, images: 4, groups: 2).description
        == "all 4 images that are known not to have label 'b' are in one fold, so its model could not learn the label;"
        + " take another number of folds or another seed, or leave the label out")
  }
}
