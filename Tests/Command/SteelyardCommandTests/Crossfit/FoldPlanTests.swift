import Datasets
import Files
import Foundation
import Imaging
import Randomness
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Which fold an image is in.
@Suite struct FoldPlanTests {
  /// Grey images by class and group; of an equal number the pixels are equal.
  private func data(_ rows: [(label: String, group: String, picture: Int)], in folder: String)
    throws -> Dataset
  {
    var text = "path,label,patient,split\n"
    for (number, row) in rows.enumerated() {
      var source = RandomKey(seed: 3).folding(row.picture).source
      let pixels = (0..<8 * 8 * 3).map { _ in UInt8(source.below(256)) }
      let image = Image(width: 8, height: 8, channels: 3, pixels: pixels)
      try AtomicFile.write(PNG.encode(image), to: "\(folder)/\(number).png")
      text += "\(number).png,\(row.label),\(row.group),train\n"
    }
    try AtomicFile.write(text, to: folder + "/t.csv")
    return try Dataset.open(folder + "/t.csv")
  }

  private func plan(_ data: Dataset, folds: Int = 3, seed: UInt64 = 1) throws -> FoldPlan {
    try FoldPlan(
      data, Survey(data, threads: 2), alike: [], count: folds, key: RandomKey(seed: seed))
  }

  /// 24 images in groups of two, 16 of `a` and 8 of `b`.
  private let rows = (0..<24).map { (label: $0 < 16 ? "a" : "b", group: "g\($0 / 2)", picture: $0) }

  @Test func groupsAndEqualImagesStayTogether() throws {
    try withTemporaryFolder { folder in
      var rows = rows
      rows[23].picture = 16  // of group 8, while 23 is of group 11
      let data = try data(rows, in: folder)
      let plan = try plan(data)
      #expect(plan.table.rows.map(\.path) == data.examples.map(\.path))
      let fold = plan.fold.compactMap(\.self)
      #expect(fold.count == 24 && Set(fold) == [1, 2, 3])
      for row in stride(from: 0, to: 24, by: 2) { #expect(fold[row] == fold[row + 1]) }
      #expect(fold[16] == fold[23])
      for number in 1...3 {
        let parts = try plan.split(ofFold: number, .standard)
        let test = parts.examples.indices.filter { parts.examples[$0].split == .test }
        #expect(test == fold.indices.filter { fold[$0] == number })
        #expect(LeakageReport(parts, Survey(data, threads: 2)).isClean)
        #expect(Set(parts.examples.filter { $0.split == .train }.compactMap(\.label)).count == 2)
        #expect(parts.examples.contains { $0.split == .val })
        #expect(
          try plan.split(ofFold: number, SplitFractions(train: 1, val: 0, test: 0)).examples
            .allSatisfy { $0.split != .val })
      }
    }
  }

  /// The same for the same key whatever the order of the rows; the data's own split does not count.
  @Test func aFunctionOfDataAndKey() throws {
    try withTemporaryFolder { folder in
      let data = try data(rows, in: folder)
      func folds(_ data: Dataset, _ seed: UInt64) throws -> [String: Int] {
        Dictionary(
          uniqueKeysWithValues: try plan(data, seed: seed).table.rows.map { ($0.path, $0.fold) })
      }
      var turned = data
      turned.examples.reverse()
      for index in turned.examples.indices where index % 3 == 0 {
        turned.examples[index].split = .test
      }
      #expect(try folds(turned, 1) == folds(data, 1))
      #expect(try folds(data, 2) != folds(data, 1))
    }
  }

  @Test func whatCannotBeDivided() throws {
    try withTemporaryFolder { folder in
      let data = try data(rows, in: folder)
      #expect(throws: CrossfitError.tooFewGroups(12, folds: 13)) { try plan(data, folds: 13) }
      var one = data
      for index in 16..<24 { one.examples[index].group = "p" }
      #expect(throws: CrossfitError.oneGroup(label: "b", images: 8)) { try plan(one) }
      let error = CrossfitError.missingClass(label: "b", fold: 2, groups: 3)
      #expect(
        error.description
          == "all 3 groups of class 'b' fell into fold 2, so its model could not learn the class; take"
          + " another number of folds or another seed, or leave the class out")
      #expect(
        CrossfitError.partedStudy("s1", column: "visit").description
          == "study 's1' of column 'visit' has views in several folds; the data have changed since the cross-fit began:"
          + " begin anew")
      #expect(
        CrossfitError.notCovered(path: "x.png", fold: 2, file: "folds.csv").description
          == "'x.png' is of fold 2 in folds.csv, and its run has no prediction for it, or another has;"
          + " the data have changed since the cross-fit began: begin anew")
    }
  }
}
