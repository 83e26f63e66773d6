import Files
import Runs
import TestSupport
import Testing

/// `cells.csv`, and the folder that one program has to itself.
@Suite struct CellTableTests {
  private var cells: [CellRecord] {
    var done = CellRecord(name: "erm_seed0", method: "erm", settings: "", imbalance: nil, seed: 0)
    (done.status, done.metrics) = (.done, ["mcc": 0.25, "ece": 0.1])
    (done.seconds, done.version, done.revision) = (12.5, "0.1.0", "abc")
    var failed = CellRecord(
      name: "seesaw.q=9_ir10_fold2", method: "seesaw", settings: "q=9", imbalance: 10, seed: 3,
      fold: 2)
    (failed.status, failed.problem) = (.failed, "a loss, \"not\" finite\nin step 2")
    var tried = done
    (tried.name, tried.settings, tried.isChosen) = ("erm.x=1_seed0", "x=1", false)
    return [done, failed, tried]
  }

  @Test func isReadAsItWasWritten() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/cells.csv"
      try CellTable(cells).write(to: file, metrics: ["mcc", "f1_macro", "ece"])
      let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
      #expect(
        text.hasPrefix(
          "method,settings,imbalance,seed,fold,status,chosen,mcc,f1_macro,ece,seconds,version,revision,run,problem\n"
            + "erm,,,0,,done,,0.25,,0.1,12.5,0.1.0,abc,erm_seed0,\nseesaw,q=9,10,3,2,failed,,,,,,,,"
        ))
      let table = try CellTable.read(file)
      var wanted = cells
      wanted[1].problem = "a loss, \"not\" finite in step 2"
      #expect(table == CellTable(wanted))
      #expect(table["erm_seed0"]?.seconds == 12.5 && table["nothing"] == nil)
    }
  }

  @Test func mistakesAreNamedByTheirLine() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/cells.csv"
      let head =
        "method,settings,imbalance,seed,fold,status,chosen,mcc,seconds,version,revision,run,problem\n"
      for row in [
        "erm,,,x,,done,,0.5,1,,,a,", "erm,,,0,,lost,,0.5,1,,,a,", "erm,,,0,,done,,no,1,,,a,",
        "erm,,ten,0,,done,,1,1,,,a,", "erm,,,0,f,done,,1,1,,,a,",
      ] {
        try AtomicFile.write(head + row + "\n", to: file)
        let error = #expect(throws: RunFileError.self) { try CellTable.read(file) }
        #expect(error?.description.contains("cells.csv:2") ?? false, "\(row)")
      }
      try AtomicFile.write("method,mcc\nerm,1\n", to: file)
      #expect(throws: RunFileError.self) { try CellTable.read(file) }
    }
  }

  @Test func aFolderIsOneProgramsAtATime() throws {
    try withTemporaryFolder { folder in
      let directory = CompareDirectory(folder)
      do {
        let claim = try directory.claimed()
        #expect(throws: CompareDirectoryError.busy(folder)) { try directory.claimed() }
        withExtendedLifetime(claim) {}
      }
      _ = try directory.claimed()
      #expect(throws: CompareDirectoryError.self) {
        try CompareDirectory(folder + "/none").claimed()
      }
    }
  }
}
