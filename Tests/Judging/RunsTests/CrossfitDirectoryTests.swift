import Evaluation
import Files
import Runs
import TestSupport
import Testing
import Uncertainty

/// The files of a cross-fit.
@Suite struct CrossfitDirectoryTests {
  @Test func foldsComeBack() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/folds.csv"
      let table = FoldTable([
        .init(path: "a", label: "x", group: "p1", fold: 2),
        .init(path: "b,c", label: "y", group: "", fold: 1),
      ])
      try table.write(to: path)
      #expect(try FoldTable.read(path) == table && table.count == 2)
      for (text, words) in [
        ("path,label,fold\n", ":1: expected the columns path, label, group, fold; restore"),
        ("path,label,group,fold\na,x,,0\n", ":2: expected a fold from 1 on, got '0'; restore"),
      ] {
        try AtomicFile.write(text, to: path)
        let error = #expect(throws: RunFileError.self) { try FoldTable.read(path) }
        #expect(error?.description.hasPrefix(path + words) == true, "\(error?.description ?? "")")
      }
    }
  }

  @Test func recordComesBack() throws {
    try withTemporaryFolder { folder in
      let record = FoldsRecord(
        names: ["1", "2"], sizes: [3, 4],
        metrics: ["mcc": FoldSummary([0.5, 0.25]), "x": FoldSummary([nil, nil])])
      try record.write(to: folder + "/f.json")
      #expect(try FoldsRecord.read(folder + "/f.json") == record)
    }
  }

  @Test func metricsByTheColumnOfFolds() throws {
    func predictions(_ folds: [String]) throws -> Predictions {
      try Predictions(
        classes: ["a", "b"], paths: folds.indices.map { "\($0)" },
        truths: folds.indices.map { $0 % 2 },
        probabilities: folds.indices.flatMap { $0 < 3 ? [0.1, 0.9] : [0.8, 0.2] },
        columns: [.init("fold", folds)])
    }
    let record = try #require(try FoldsRecord(predictions(["10", "9", "9", "10", "9"])))
    #expect(record.names == ["9", "10"] && record.sizes == [3, 2])
    // Rows 1, 2, 4 are b, a, a and taken for b, b, a; rows 0 and 3 are a, b and taken for b, a.
    #expect(record.metrics["accuracy"]?.values == [2.0 / 3, 0])
    #expect(try FoldsRecord(predictions(["1", "1"])) == nil)
  }

  @Test func aFolderWithoutOneIsRefused() throws {
    try withTemporaryFolder { folder in
      #expect(throws: CrossfitDirectoryError.notACrossfit(folder)) {
        try CrossfitDirectory(existing: folder)
      }
      #expect(
        CrossfitDirectoryError.notACrossfit("a").description
          == "a: not a cross-fit (no crossfit.yaml in it); give the folder that `crossfit` made, or begin anew"
      )
    }
  }
}
