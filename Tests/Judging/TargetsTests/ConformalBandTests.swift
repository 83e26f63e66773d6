import Files
import Randomness
import Targets
import TestSupport
import Testing

/// Split-conformal prediction intervals of numbers, and tables that hold them.
@Suite struct ConformalBandTests {
  private struct GoldenFile: Decodable {
    struct Band: Decodable { let level: Double, halfWidth: Double }
    let errors: [Double], bands: [Band]
  }

  private func predictions(_ errors: [Double], name: String = "e") -> NumberPredictions {
    NumberPredictions(
      paths: errors.indices.map { "\(name)\($0)" },
      truths: errors.indices.map { Double($0) },
      predicted: errors.enumerated().map { Double($0) + ($0 % 2 == 0 ? $1 : -$1) })
  }

  @Test func halfWidthsAreNumPys() throws {
    let golden = try Golden.load("Losses/skewed.json", as: GoldenFile.self)
    let table = predictions(golden.errors)
    for one in golden.bands {
      let band = try #require(ConformalBand(on: table, level: one.level))
      #expect(close(band.halfWidth, one.halfWidth, relative: 1e-9), "\(one.level)")
      #expect(band.n == golden.errors.count)
    }
  }

  /// By hand: of nine errors 1…9 the ninth is ⌈10 · .9⌉; of eight there is none for so high a level.
  @Test func ranks() throws {
    let nine = try #require(ConformalBand(on: predictions((1...9).map(Double.init))))
    #expect(close(nine.halfWidth, 9) && nine.level == 0.9)
    let half = try #require(ConformalBand(on: predictions((1...9).map(Double.init)), level: 0.5))
    #expect(close(half.halfWidth, 5))
    #expect(ConformalBand(on: predictions((1...8).map(Double.init))) == nil)
    #expect(ConformalBand(on: predictions([])) == nil)
    // Rows without truth are no errors.
    let unknown = NumberPredictions(
      paths: ["a", "b"], truths: [nil, 1], predicted: [5, 1.5])
    #expect(ConformalBand(on: unknown, level: 0.5)?.halfWidth == 0.5)
  }

  /// Over 400 draws of 60 and one: the truth lies inside as often as is stated, at least, and at most 1/(n + 1) oftener.
  @Test func coverageIsWhatIsStated() throws {
    var source = RandomSource(seed: 9)
    var (inside, all) = (0, 0)
    for _ in 0..<400 {
      // Skewed errors, of which nothing is assumed.
      func errors(_ count: Int) -> [Double] {
        (0..<count).map { _ in abs(source.normal()) * abs(source.normal()) }
      }
      let band = try #require(ConformalBand(on: predictions(errors(60))))
      let judged = band.applied(to: predictions(errors(50), name: "t"))
      let intervals = try #require(judged.intervals)
      inside += zip(intervals, judged.truths).count { $0.contains($1 ?? .nan) }
      all += 50
    }
    let rate = Double(inside) / Double(all)
    #expect(rate > 0.9 - 0.006 && rate < 0.9 + 1.0 / 61 + 0.006, "\(rate)")
  }

  @Test func tablesGoRoundWithIntervals() throws {
    try withTemporaryFolder { folder in
      let band = try #require(ConformalBand(on: predictions((1...20).map { Double($0) / 7 })))
      let table = band.applied(to: predictions([0.1, 0.2, 1.0 / 3]))
      #expect(table.table.columns == ["path", "y_true", "y_pred", "lower", "upper"])
      try table.write(to: folder + "/t.csv")
      let again = try NumberPredictions.read(folder + "/t.csv")
      #expect(again == table)
      let plain = NumberPredictions(paths: ["a"], truths: [nil], predicted: [2.5])
      #expect(plain.table.columns == ["path", "y_pred"] && plain.table.rows == [["a", "2.5"]])
      // Stored with a model as JSON, and refused where it is no interval.
      let text = try JSONFile.encodeLine(band)
      let decoded = try JSONFile.decode(ConformalBand.self, from: text, name: "band")
      #expect(decoded == band)
      #expect(throws: (any Error).self) {
        try JSONFile.decode(
          ConformalBand.self, from: Array(#"{"half_width":-1,"level":0.9,"n":9}"#.utf8),
          name: "band")
      }
    }
  }
}
