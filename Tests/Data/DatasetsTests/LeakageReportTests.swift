import Datasets
import Files
import Imaging
import TestSupport
import Testing

@Suite struct LeakageReportTests {
  /// Five images: 0 and 1 equal files, 2 the same picture in another format, 3 alone, 4 broken.
  private func data(in folder: String) throws -> Dataset {
    try Fixture.file("\(folder)/0.png", Fixture.png(9))
    try Fixture.file("\(folder)/1.png", Fixture.png(9))
    let pixels = [UInt8](repeating: 9, count: 18)
    try Fixture.file("\(folder)/2.ppm", Array("P6\n3 2\n255\n".utf8) + pixels)
    try Fixture.file("\(folder)/3.png", Fixture.png(10))
    try Fixture.file("\(folder)/4.png", Array(Fixture.png(11).prefix(40)))
    try Fixture.file(
      "\(folder)/t.csv",
      "path,label,split,group\n0.png,a,train,p\n1.png,a,train,q\n2.ppm,b,test,r\n3.png,b,val,p\n"
        + "4.png,b,train,s\n")
    return try Dataset.open("\(folder)/t.csv")
  }

  @Test func groupsBytesAndPixelsAcrossSplits() throws {
    try withTemporaryFolder { folder in
      let data = try data(in: folder)
      let report = LeakageReport(data, Survey(data, threads: 2))
      #expect(!report.isClean)
      #expect(report.groups.map(\.group) == ["p"])
      #expect(report.leaks.map(\.kind) == [.pixels])
      #expect(report.leaks[0].copies.map(\.path) == ["0.png", "1.png", "2.ppm"])
      #expect(report.conflicts == report.leaks)
      #expect(
        report.description == """
          group 'p' lies in train (1), val (1)
          same pixels: 0.png (train) = 1.png (train) = 2.ppm (test)
          """)
      // Without decoding only equal files are found, here within training.
      let bytes = LeakageReport(data, Survey(data, threads: 1, pixels: false))
      #expect(bytes.duplicates.map(\.kind) == [.bytes])
      #expect(bytes.leaks.isEmpty)
    }
  }

  @Test func threadsChangeNothing() throws {
    try withTemporaryFolder { folder in
      let data = try data(in: folder)
      #expect(Survey(data, threads: 1).facts == Survey(data, threads: 4).facts)
    }
  }

  @Test func damagedImagesAreNamedWithTheirLine() throws {
    try withTemporaryFolder { folder in
      let data = try data(in: folder)
      let survey = Survey(data, threads: 2)
      #expect(survey.facts.map { $0.failure == nil } == [true, true, true, true, false])
      let problems = survey.problems(of: data)
      #expect(problems.count == 1)
      #expect(problems.first[0].description.hasPrefix("\(folder)/t.csv:6: 4.png: "))
      #expect(throws: DatasetError.problems(problems)) { try problems.check() }
    }
  }

  @Test func cleanDataAreCalledClean() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/a/1.png", "train/b/2.png", "test/a/3.png"], in: folder)
      let data = try Dataset.open(folder)
      let report = LeakageReport(data, Survey(data, threads: 2))
      #expect(report.isClean)
      #expect(report.description == "no group and no image lies in two splits")
    }
  }

  @Test func longListsAreCut() throws {
    try withTemporaryFolder { folder in
      for number in 0..<25 {
        try Fixture.file("\(folder)/train/a/\(number).png", Fixture.png(UInt8(number)))
        try Fixture.file("\(folder)/test/a/\(number).png", Fixture.png(UInt8(number)))
      }
      let data = try Dataset.open(folder)
      let lines = LeakageReport(data, Survey(data, threads: 2)).description.split(separator: "\n")
      #expect(lines.count == 21)
      #expect(lines.last == "… and 5 more")
    }
  }
}
