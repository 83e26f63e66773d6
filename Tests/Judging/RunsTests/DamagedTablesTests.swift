import Datasets
import Files
import Runs
import TestSupport
import Testing

/// Tables of runs that somebody has changed: read where nothing is lost by it, refused by line where something is.
@Suite struct DamagedTablesTests {
  private func cells(_ row: String) throws -> CellTable {
    try withTemporaryFolder { folder in
      let head =
        "method,settings,imbalance,seed,fold,status,chosen,mcc,seconds,version,revision,run,problem\n"
      try AtomicFile.write(head + row + "\n", to: folder + "/cells.csv")
      return try CellTable.read(folder + "/cells.csv")
    }
  }

  @Test func aCellThatIsNotWhatItWasIsNotTakenForAnother() throws {
    for row in [
      "erm,,,0,,done,maybe,0.5,1,,,a,", "erm,,,0,,done,Yes,0.5,1,,,a,",
      "erm,,,0,,done,,0.5,long,,,a,", "erm,,,0,,done,,0.5,1 s,,,a,",
    ] {
      let error = #expect(throws: RunFileError.self, "\(row)") { try cells(row) }
      #expect(
        error?.description.hasSuffix(
          "cells.csv:2: expected a cell, with numbers where numbers belong; delete it: what the runs hold is read"
            + " again, and cells that failed run anew") == true, "\(error?.description ?? "")")
    }
    let good = try cells("erm,,,0,,done,no,0.5,12.5,,,a,")
    #expect(good.cells[0].isChosen == false && good.cells[0].seconds == 12.5)
    #expect(try cells("erm,,,0,,done,,,,,,a,").cells[0].seconds == nil)
  }

  @Test func theColumnsOfCellsAreNamedWhereTheyLack() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("method,mcc\nerm,1\n", to: folder + "/cells.csv")
      let error = #expect(throws: RunFileError.self) { try CellTable.read(folder + "/cells.csv") }
      #expect(
        error?.description.contains(
          "cells.csv:1: expected the columns method, settings, imbalance, seed, fold, status, chosen, …, seconds,"
            + " version, revision, run, problem") == true)
    }
  }

  @Test func numbersAreWrittenWithoutANeedlessPoint() {
    #expect(CellTable.plain(10) == "10" && CellTable.plain(2.5) == "2.5")
    #expect(CellTable.plain(-3) == "-3" && CellTable.plain(1e300) == "1e+300")
  }

  /// Columns in another order, and others beside them, change nothing.
  @Test func foldsAreReadByTheNamesOfTheirColumns() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/folds.csv"
      try AtomicFile.write(
        "fold,note,group,path,label\n2,x,p1,a,cat\n1,,,\"b,c\",dog\n", to: path)
      let table = try FoldTable.read(path)
      #expect(
        table.rows == [
          .init(path: "a", label: "cat", group: "p1", fold: 2),
          .init(path: "b,c", label: "dog", group: "", fold: 1),
        ])
      for cell in ["-1", "1.0", "", "two"] {
        try AtomicFile.write("path,label,group,fold\na,x,,1\nb,x,,\(cell)\n", to: path)
        let error = #expect(throws: RunFileError.self) { try FoldTable.read(path) }
        #expect(
          error?.description
            == "\(path):3: expected a fold from 1 on, got '\(cell)'; restore it from a copy, or begin the cross-fit"
            + " anew")
      }
      try AtomicFile.write("path,label,group,fold\n", to: path)
      #expect(try FoldTable.read(path).count == 0)
    }
  }

  @Test func aSummaryIsReadWithColumnsOfOthers() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/summary.csv"
      try AtomicFile.write(
        "note,best,lambda,lr,train_loss,epoch,val_mcc\nmine,1,,0.1,2.5,3,0.25\n,0,0.5,1e-5,nan,4,\n",
        to: path)
      let rows = try SummaryFile.read(path).rows
      #expect(rows.map(\.epoch) == [3, 4] && rows.map(\.isBest) == [true, false])
      #expect(rows[0].mixing == nil && rows[1].mixing == 0.5 && rows[1].learningRate == 1e-5)
      #expect(rows[0].validation == ["mcc": 0.25] && rows[1].validation.isEmpty)
      #expect(rows[1].trainLoss.isNaN)
    }
  }

  private let data = Dataset(
    name: "d", layout: .manifest,
    examples: [("a.png", "cat"), ("b.png", "dog"), ("c.png", "cow")].map {
      Example(path: $0, source: .file("/" + $0), label: $1, file: "t.csv")
    })

  private func corrected(_ table: String) throws -> CorrectionsFile.Outcome {
    try withTemporaryFolder { folder in
      try AtomicFile.write(table, to: folder + "/c.csv")
      return try CorrectionsFile.apply(folder + "/c.csv", to: data)
    }
  }

  /// The order of rows and columns, the separator and blanks around cells are of no matter.
  @Test func correctionsAreReadHoweverTheyAreWritten() throws {
    let tables = [
      "path,given,label\na.png,cat,dog\nb.png,dog,-\n",
      "label,path,given\n-,b.png,dog\ndog,a.png,cat\n", "path;label\na.png;dog\nb.png;-\n",
      "path,label\n a.png , dog \nb.png, - \n", "path\tlabel\tnote\nb.png\t-\tx\na.png\tdog\ty\n",
    ]
    for table in tables {
      let outcome = try corrected(table)
      #expect(outcome.data.examples.map(\.path) == ["a.png", "c.png"], "\(table)")
      #expect(outcome.data.examples.map(\.label) == ["dog", "cow"], "\(table)")
      #expect((outcome.changed, outcome.leftOut, outcome.unchanged) == (1, 1, 0), "\(table)")
    }
  }

  /// All mistakes are told together, and none of the corrections beside them is made.
  @Test func everyMistakeOfCorrectionsIsTold() {
    let error = #expect(throws: DatasetError.self) {
      try corrected(
        "path,given,label\na.png,dog,cat\nz.png,cat,dog\nb.png,dog,coww\nb.png,dog,dog\n")
    }
    let words = error.map { "\($0)" } ?? ""
    for part in [
      "c.csv:2: the image 'a.png' is 'dog' here but 'cat' in the data",
      "c.csv:3: the image 'z.png' is not in the data",
      "c.csv:4: no image of the data is of class 'coww'; did you mean 'cow'?", "c.csv:5:",
    ] { #expect(words.contains(part), "\(words)") }
  }

  /// The path of a table of corrections with nothing to correct changes nothing.
  @Test func noCorrectionsAreNoChange() throws {
    let outcome = try corrected("path,given,label\na.png,cat,\nb.png,dog,dog\n")
    #expect(outcome.data.examples == data.examples)
    #expect((outcome.changed, outcome.leftOut, outcome.unchanged) == (0, 0, 2))
  }

  @Test func foldersOfOthersAreNamed() throws {
    try withTemporaryFolder { folder in
      #expect(
        CrossfitDirectoryError.busy("c").description
          == "c: another steelyard crossfit works in this folder; wait for it, or stop it first")
      #expect(
        CompareDirectoryError.busy("c").description
          == "c: another steelyard compare works in this folder; wait for it, or take another folder"
      )
      #expect(
        CompareDirectoryError.occupied("c").description
          == "c: holds other files and no comparison; choose a new or an empty folder")
      let crossfit = try CrossfitDirectory(creating: "x", in: folder)
      #expect(throws: CrossfitDirectoryError.self) {
        try CrossfitDirectory(existing: crossfit.path)
      }
      let claim = try crossfit.claimed()
      #expect(throws: CrossfitDirectoryError.busy(crossfit.path)) { try crossfit.claimed() }
      withExtendedLifetime(claim) {}
    }
  }
}
