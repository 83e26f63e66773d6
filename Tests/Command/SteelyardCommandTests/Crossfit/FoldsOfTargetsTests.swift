import Datasets
import Files
import Foundation
import Randomness
import Runs
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
