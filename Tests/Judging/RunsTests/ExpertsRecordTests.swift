import Files
import Runs
import TestSupport
import Testing

@Suite struct ExpertsRecordTests {
  @Test func comesBackAsItWasUnderPlainKeys() throws {
    try withTemporaryFolder { folder in
      let record = ExpertsRecord(
        weights: [0.5, 0.3, 0.2], images: 240, passes: 5, seed: 7, firstAgreement: 0.75,
        lastAgreement: 0.875)
      let path = FilePath.join(folder, "experts-test-adapted.json")
      try record.write(to: path)
      #expect(try ExpertsRecord.read(path) == record)
      #expect(
        String(decoding: try FileBytes.read(path), as: UTF8.self) == """
          {
            "first_agreement" : 0.75,
            "format" : 1,
            "images" : 240,
            "last_agreement" : 0.875,
            "passes" : 5,
            "seed" : 7,
            "weights" : [
              0.5,
              0.3,
              0.2
            ]
          }

          """)
    }
  }
}
