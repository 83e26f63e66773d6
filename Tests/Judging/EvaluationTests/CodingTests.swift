import Evaluation
import Files
import Randomness
import Testing

@Suite("What is written reads back the same")
struct CodingTests {
  private func roundTrip<T: Codable & Equatable>(_ value: T) throws {
    let bytes = try JSONFile.encode(value)
    #expect(try JSONFile.decode(T.self, from: bytes, name: "\(T.self)") == value)
  }

  @Test func changeMetrics() throws { try roundTrip(ChangeMetricsTests.example) }
  @Test func lesionCurve() throws { try roundTrip(FROCTests.example.points) }
  @Test func detections() throws {
    try roundTrip([
      Detection(image: 1, score: 0.5, lesion: 2), Detection(image: 0, score: 1, lesion: nil),
    ])
  }
  @Test func imbalanceImpact() throws {
    for number in 1...20 {
      try roundTrip(ImbalanceImpact(try GoldenTable(number).predictions(), of: 0))
    }
  }
  @Test func netBenefit() throws {
    try roundTrip(ScoreRankingTests.ranking.decisionCurve([0.1, 0.5, 0.9]))
  }
  @Test func operatingPoints() throws {
    try roundTrip(ScoreRankingTests.ranking.points)
  }
  @Test func areaStudy() throws {
    var study = AreaStudy()
    study.repetitions = 2
    study.repairs = 3
    try roundTrip(study)
    try roundTrip(study.gains(correcting: .averagePrecision, key: RandomKey(seed: 1)))
  }
  @Test func tallies() throws {
    for number in 1...20 {
      let evidence = GoldenTable(number).evidence
      try roundTrip(evidence.confusion)
      try roundTrip(evidence.ranks)
      try roundTrip(evidence.calibration)
      try roundTrip(evidence.brier)
      try roundTrip(evidence.logLoss)
    }
  }

  @Test("the threshold that calls nobody is null in JSON")
  func nobody() throws {
    let bytes = try JSONFile.encode(ScoreRankingTests.ranking.points[0])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"threshold\" : null"), "\(text)")
    #expect(text.contains("\"true_positives\" : 0"), "\(text)")
  }
}
