import Evaluation
import Randomness
import Testing

@Suite("Study: which group gains from AUROC, which from average precision")
struct AreaStudyTests {
  @Test("the published finding, within its error", arguments: [1, 2, 3] as [UInt64])
  func published(seed: UInt64) {
    let study = AreaStudy()
    let precision = study.gains(correcting: .averagePrecision, key: RandomKey(seed: seed))
    let area = study.gains(correcting: .rocAUC, key: RandomKey(seed: seed))
    // High and low prevalence: +.0252 and +.0004 by average precision, +.0155 and +.0199 by AUROC.
    let expected = [
      (precision[0], 0.0252), (precision[1], 0.0004), (area[0], 0.0155), (area[1], 0.0199),
    ]
    for (gain, value) in expected {
      #expect(abs(gain.mean - value) < 3 * max(gain.standardError, 0.001), "\(gain)")
    }
    #expect(precision[1].mean / precision[0].mean < 0.1)
    #expect((0.7...1.6).contains(area[1].mean / area[0].mean))
  }

  @Test("without a difference in prevalence there is no difference in gain")
  func control() {
    var study = AreaStudy()
    study.prevalences = [0.05, 0.05]
    study.repetitions = 80
    for target in AreaStudy.Target.allCases {
      let gains = study.gains(correcting: target, key: RandomKey(seed: 4))
      let error = (gains[0].standardError + gains[1].standardError) * 2.5
      #expect(abs(gains[0].mean - gains[1].mean) < error, "\(gains)")
    }
  }

  @Test("the same key gives the same numbers; nothing corrected gains nothing")
  func reproducible() {
    var study = AreaStudy()
    study.repetitions = 3
    let key = RandomKey(seed: 9)
    #expect(
      study.gains(correcting: .rocAUC, key: key) == study.gains(correcting: .rocAUC, key: key))
    study.repairs = 0
    #expect(study.gains(correcting: .rocAUC, key: key).map(\.mean) == [0, 0])
  }

  @Test("the course ends where the gains are, starts at nothing and never falls")
  func course() {
    var study = AreaStudy()
    (study.count, study.repetitions, study.repairs) = (60, 4, 12)
    for target in AreaStudy.Target.allCases {
      let key = RandomKey(seed: 6)
      let course = study.gains(correcting: target, after: [0, 3, 7, 12], key: key)
      #expect(course.count == 4 && course[3] == study.gains(correcting: target, key: key))
      #expect(course[0].allSatisfy { $0.mean == 0 && $0.standardError == 0 })
      for (before, after) in zip(course, course.dropFirst()) {
        // Who stands in another group is passed without any gain of one's own.
        #expect(zip(before, after).allSatisfy { $0.mean <= $1.mean + 1e-12 }, "\(course)")
      }
      study.repairs = 7
      #expect(course[2] == study.gains(correcting: target, key: key))
      study.repairs = 12
    }
  }

  @Test("more repairs than mistakes end at AUROC 1")
  func all() {
    var study = AreaStudy()
    study.count = 40
    study.prevalences = [0.1]
    study.repairs = 1000
    study.repetitions = 5
    let (a, b) = (
      study.gains(correcting: .rocAUC, key: RandomKey(seed: 1)),
      study.gains(correcting: .averagePrecision, key: RandomKey(seed: 1))
    )
    #expect(a == b)
  }

  @Test("a group without positives traps")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      var study = AreaStudy()
      study.prevalences = [0.001]
      _ = study.gains(correcting: .rocAUC, key: RandomKey(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      var study = AreaStudy()
      study.repetitions = 1
      _ = study.gains(correcting: .rocAUC, key: RandomKey(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = AreaStudy().gains(correcting: .rocAUC, after: [3, 2], key: RandomKey(seed: 1))
    }
  }
}
