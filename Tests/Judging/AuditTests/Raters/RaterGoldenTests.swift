import Audit
import TestSupport
import Testing
import Uncertainty

/// Consensus and agreement beside independent programmes.
@Suite struct RaterGoldenTests {
  private struct CROWDLABCase: Decodable {
    var name: String
    var classes: Int
    var labels: [[Int?]]
    var p: [Double]
    var vote: [Int]
    var consensus: [Int]
    var quality: [Double]
    var agreement: [Double]
    var raters: [Double?]
    var modelWeight: Double
    var raterWeights: [Double]

    private enum CodingKeys: String, CodingKey {
      case name, classes, labels, p, vote, consensus, quality, agreement, raters
      case modelWeight = "model_weight"
      case raterWeights = "rater_weights"
    }
  }

  @Test func crowdlabIsCleanlabs() throws {
    let cases: [CROWDLABCase] = try Golden.load("Audit/crowdlab.json")
    #expect(cases.count == 8)
    for golden in cases {
      let ratings = Ratings(golden.labels, classes: golden.classes)
      let model = RatedProbabilities(
        rows: Array(0..<ratings.count), values: golden.p, classes: golden.classes)
      #expect(MajorityVote(ratings, model: model).labels == golden.vote, "\(golden.name)")
      let found = try #require(CROWDLAB(ratings, golden.p))
      #expect(found.labels == golden.consensus, "\(golden.name)")
      let quality = found.labels.enumerated().map {
        found.posterior[$0.offset * golden.classes + $0.element]
      }
      #expect(
        difference(quality, golden.quality, relative: 1e-9, absolute: 1e-12) == nil,
        "\(golden.name)")
      #expect(
        difference(found.raterWeights, golden.raterWeights, relative: 1e-9, absolute: 1e-12)
          == nil, "\(golden.name)")
      #expect(
        close(found.modelWeight, golden.modelWeight, relative: 1e-9, absolute: 1e-12),
        "\(golden.name)")
      #expect(found.raterQuality.map { $0 == nil } == golden.raters.map { $0 == nil })
      #expect(
        difference(
          found.raterQuality.compactMap { $0 }, golden.raters.compactMap { $0 }, relative: 1e-9)
          == nil, "\(golden.name)")
      let table = RatingTable(
        ratings, paths: (0..<ratings.count).map(String.init),
        raters: (0..<ratings.raters).map { "r\($0)" },
        classes: (0..<golden.classes).map(String.init))
      let audit = try RaterAudit(table, model: model)
      #expect(audit.method == .crowdlab && audit.consensus == golden.consensus)
      #expect(
        difference((0..<ratings.count).map(audit.agreement), golden.agreement) == nil,
        "\(golden.name)")
    }
  }

  private struct EMCase: Decodable {
    var name: String
    var classes: Int
    var labels: [[Int?]]
    var posterior: [Double]
    var prior: [Double]
    var confusion: [Double]
    var rounds: Int
    var objective: Double
    var peak: Double?
  }

  /// Beside EM in dense arrays, and at the peak that a general optimiser finds.
  @Test func dawidAndSkene() throws {
    let cases: [EMCase] = try Golden.load("Audit/dawid_skene.json")
    #expect(cases.count == 5)
    for golden in cases {
      let fit = DawidSkene(Ratings(golden.labels, classes: golden.classes))
      #expect(fit.hasConverged && abs(fit.iterations - golden.rounds) <= 1, "\(golden.name)")
      #expect(
        difference(fit.posterior, golden.posterior, relative: 0, absolute: 1e-5) == nil,
        "\(golden.name)")
      #expect(difference(fit.prior, golden.prior, relative: 0, absolute: 1e-5) == nil)
      #expect(difference(fit.confusion, golden.confusion, relative: 0, absolute: 1e-5) == nil)
      let last = try #require(fit.objective.last)
      #expect(close(last, golden.objective, relative: 0, absolute: 1e-5), "\(golden.name)")
      if let peak = golden.peak { #expect(close(last, peak, relative: 0, absolute: 1e-4)) }
      // EM never goes down.
      for (a, b) in zip(fit.objective, fit.objective.dropFirst()) { #expect(b >= a - 1e-9) }
    }
  }

  private struct AgreementCase: Decodable {
    struct Pair: Decodable {
      var a: Int
      var b: Int
      var rows: Int
      var kappa: Double
      var quadratic: Double
    }
    var name: String
    var classes: Int
    var labels: [[Int?]]
    var pairs: Double
    var fleiss: Double
    var nominal: Double
    var ordinal: Double
    var cohen: [Pair]
  }

  @Test func agreementIsThatOfOthers() throws {
    let cases: [AgreementCase] = try Golden.load("Audit/agreement.json")
    #expect(cases.count == 7)
    for golden in cases {
      let ratings = Ratings(golden.labels, classes: golden.classes)
      let settings = IntervalSettings(resamples: 200)
      let found = try #require(RaterAgreement(ratings, ordered: true, settings))
      let values = [
        found.pairs.value, found.fleissKappa.value, found.nominalAlpha.value,
        found.ordinalAlpha?.value,
      ].compactMap { $0 }
      let wanted = [golden.pairs, golden.fleiss, golden.nominal, golden.ordinal]
      #expect(
        difference(values, wanted, relative: 1e-9, absolute: 1e-12) == nil, "\(golden.name)")
      for estimate in [found.pairs, found.fleissKappa, found.nominalAlpha] {
        let (value, interval) = try (#require(estimate.value), #require(estimate.interval))
        #expect(interval.contains(value) && interval.high - interval.low < 0.8, "\(golden.name)")
      }
      let pairs = RaterPair.all(of: ratings, ordered: true)
      #expect(pairs.map(\.rows) == golden.cohen.map(\.rows), "\(golden.name)")
      for (pair, other) in zip(pairs, golden.cohen) {
        #expect(pair.raters == (other.a, other.b))
        let (kappa, quadratic) = try (#require(pair.kappa), #require(pair.quadraticKappa))
        #expect(close(kappa, other.kappa, relative: 1e-9, absolute: 1e-12), "\(golden.name)")
        #expect(close(quadratic, other.quadratic, relative: 1e-9, absolute: 1e-12))
      }
    }
  }
}
