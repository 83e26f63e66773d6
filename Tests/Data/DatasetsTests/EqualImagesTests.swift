import Datasets
import Randomness
import TestSupport
import Testing

/// From files on the disk to a split that parts no equal images.
@Suite struct EqualImagesTests {
  /// 24 pictures: each of 12 shades once as PNG in group `p…` and once as PPM in group `q…`.
  private func data(in folder: String, conflict: Bool = false) throws -> Dataset {
    var rows = "path,label,group\n"
    for shade in 0..<12 {
      try Fixture.file("\(folder)/\(shade).png", Fixture.png(UInt8(shade)))
      let pixels = [UInt8](repeating: UInt8(shade), count: 18)
      try Fixture.file("\(folder)/\(shade).ppm", Array("P6\n3 2\n255\n".utf8) + pixels)
      let label = shade % 2 == 0 ? "a" : "b"
      rows += "\(shade).png,\(label),p\(shade)\n"
      rows += "\(shade).ppm,\(conflict && shade == 3 ? "a" : label),q\(shade)\n"
    }
    try Fixture.file("\(folder)/t.csv", rows)
    return try Dataset.open("\(folder)/t.csv")
  }

  @Test func aSplitMadeHereIsCleanForEverySeed() throws {
    try withTemporaryFolder { folder in
      let data = try data(in: folder)
      let survey = Survey(data, threads: 2)
      #expect(survey.equalImages == (0..<12).map { [2 * $0, 2 * $0 + 1] })
      var leaksWithout = 0
      for seed in 0..<12 {
        let splitter = Splitter(key: RandomKey(seed: UInt64(seed)))
        let result = try splitter.split(data, together: survey.equalImages)
        #expect(LeakageReport(result.dataset, survey).isClean, "seed \(seed)")
        #expect(result.dataset.splits == [.train, .val, .test])
        #expect(
          result.statements.map(\.description) == [
            "split into train, val, test, stratified by class; 24 groups, each in one split only",
            "kept together because they are equal: 24 images in 12 sets",
          ])
        #expect(result.statements.allSatisfy { !$0.isWarning })
        leaksWithout += LeakageReport(try splitter.split(data).dataset, survey).leaks.count
      }
      #expect(leaksWithout > 0)
    }
  }

  @Test func aValCutFromTrainPartsNoneEither() throws {
    try withTemporaryFolder { folder in
      var data = try data(in: folder)
      for index in data.examples.indices { data.examples[index].split = index < 4 ? .test : .train }
      let survey = Survey(data, threads: 1)
      for seed in 0..<12 {
        let result = try Splitter(key: RandomKey(seed: UInt64(seed)))
          .split(data, together: survey.equalImages)
        #expect(LeakageReport(result.dataset, survey).isClean, "seed \(seed)")
        #expect(result.dataset.splits == [.train, .val, .test])
        // Those of the test are not counted: they were not placed.
        #expect(result.statements.contains(.equalsTogether(images: 20, sets: 10)))
      }
    }
    #expect(
      SplitStatement.equalsTogether(images: 2, sets: 1).description
        == "kept together because they are equal: 2 images in 1 set")
  }

  @Test func differentLabelsAreNamedWithBothFiles() throws {
    try withTemporaryFolder { folder in
      let data = try data(in: folder, conflict: true)
      let survey = Survey(data, threads: 1)
      #expect(
        LeakageReport(data, survey).warnings == [
          "same pixels, different labels: 3.png (b) = 3.ppm (a); decide which is right"
        ])
      #expect(LeakageReport(try self.data(in: folder), survey).warnings == [])
    }
  }

  @Test func aPartIsSurveyedWithoutReadingAgain() throws {
    try withTemporaryFolder { folder in
      let data = try data(in: folder)
      let survey = Survey(data, threads: 1)
      var part = data
      part.examples = [data.examples[5], data.examples[1]]
      #expect(survey.restricted(to: part, of: data).facts == [survey.facts[5], survey.facts[1]])
    }
  }

  @Test func strangersOfASurveyTrap() async {
    await #expect(processExitsWith: .failure) {
      let none = Dataset(name: "none", layout: .files, examples: [])
      _ = Survey(none, threads: 1).restricted(to: Fixture.dataset([[1]]), of: none)
    }
  }

  @Test(.enabled(if: RealData.has("chula-rbc12"), "\(RealData.absent)"))
  func theCopyOfTwoSmearsJoinsThem() throws {
    let data = try Dataset.open(RealData.path("chula-rbc12"))
    let survey = Survey(data, threads: 2, pixels: false)
    #expect(survey.equalImages.count == 1)
    let result = try Splitter(key: RandomKey(seed: 0)).split(data, together: survey.equalImages)
    #expect(LeakageReport(result.dataset, survey).isClean)
    #expect(
      result.statements.map(\.description) == [
        "split into train, val, test, stratified by class; 621 groups, each in one split only",
        "kept together because they are equal: 2 images in 1 set",
      ])
  }
}
