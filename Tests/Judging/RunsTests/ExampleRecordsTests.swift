import Files
import Runs
import TestSupport
import Testing

/// `examples.csv`, and the file that only grows.
@Suite struct ExampleRecordsTests {
  private let rows = [
    ExampleRecords.Row(
      path: "a,b.png", epoch: 1, step: 3, loss: 0.25, margin: -1.5, isCorrect: false,
      errorNorm: 0.75, gradientNorm: 2, weight: 0.5),
    ExampleRecords.Row(
      path: "c.png", epoch: 2, step: 1, loss: 1e-7, margin: nil, isCorrect: true, errorNorm: 0,
      gradientNorm: nil, weight: 1),
  ]

  @Test func rowsComeBack() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/examples.csv"
      let text = ExampleRecords.header + rows.map(\.line).joined()
      #expect(
        text == """
          path,epoch,step,loss,margin,correct,el2n,grad_norm,weight
          "a,b.png",1,3,0.25,-1.5,0,0.75,2.0,0.5
          c.png,2,1,1e-07,,1,0.0,,1.0

          """)
      try AtomicFile.write(text, to: path)
      #expect(try ExampleRecords.read(path).rows == rows)
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/examples.csv"
      func words(_ text: String) throws -> String {
        try AtomicFile.write(text, to: path)
        let error = #expect(throws: RunFileError.self) { try ExampleRecords.read(path) }
        return error?.description.replacing(path, with: "") ?? ""
      }
      let remedy = "; restore it from a copy, or record the run again"
      let lacking = try words("path,epoch\n")
      #expect(lacking == ":1: lacks the column 'step'" + remedy)
      let wrong = try words(ExampleRecords.header + rows[1].line + "x,1,1,0.5,high,1,0,0,1\n")
      #expect(
        wrong == ":3: expected numbers, got "
          + "[\"x\", \"1\", \"1\", \"0.5\", \"high\", \"1\", \"0\", \"0\", \"1\"]" + remedy)
    }
  }

  @Test func aGrowingFileIsTakenUpWhereItWasNoted() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/grows.csv"
      var file = try GrowingFile(beginning: path, with: "é\n")
      try file.append("one\n")
      let noted = file.count
      #expect(noted == 7)
      try file.append("lost")
      var again = try GrowingFile(resuming: path, at: noted)
      try again.append("two\n")
      #expect(String(decoding: try FileBytes.read(path), as: UTF8.self) == "é\none\ntwo\n")
      let error = #expect(throws: FileError.self) { try GrowingFile(resuming: path, at: 99) }
      #expect(
        error?.description
          == "\(path): expected at least 99 bytes, found 11; restore it from a copy")
      #expect(throws: FileError.missing(path: path + "x")) {
        try GrowingFile(resuming: path + "x", at: 0)
      }
    }
  }

  @Test func epochsThatAreKept() throws {
    try withTemporaryFolder { folder in
      let run = try RunDirectory(creating: "run", in: folder)
      #expect(FilePath.name(of: run.checkpoint(ofEpoch: 7)) == "epoch-0007.safetensors")
      #expect(FilePath.name(of: run.checkpoint(ofEpoch: 12345)) == "epoch-12345.safetensors")
      for epoch in [12345, 7, 300] {
        try AtomicFile.write("", to: run.checkpoint(ofEpoch: epoch))
      }
      try AtomicFile.write("", to: run.checkpoints + "/epoch-x.safetensors")
      try AtomicFile.write("", to: run.note(of: run.checkpoint(ofEpoch: 7)))
      #expect(try run.keptEpochs() == [7, 300, 12345])
    }
  }
}
