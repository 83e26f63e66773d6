import Foundation
import Randomness
import Testing

@Suite struct RandomSourceTests {
  /// The first output of the authors' own C programme from state 1, 2, 3, 4.
  @Test func publishedWords() {
    var source = RandomSource(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
    ]
    #expect(expected.map { _ in source.next() } == expected)
  }

  /// The first output of the authors' SplitMix64 from seed 1234567.
  @Test func publishedSeeder() {
    var seeder = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    #expect(expected.map { _ in seeder.next() } == expected)
  }

  @Test func goldenWords() throws {
    for golden in try GoldenDraws.load().words {
      var source = RandomSource(seed: try #require(UInt64(golden.seed)))
      #expect(golden.words.map { _ in String(source.next()) } == golden.words)
    }
  }

  @Test func continuesAfterCoding() throws {
    var source = RandomSource(seed: .max)
    for _ in 0..<100 { _ = source.next() }
    var copy = try JSONDecoder().decode(RandomSource.self, from: JSONEncoder().encode(source))
    #expect(copy == source)
    for _ in 0..<100 { #expect(copy.next() == source.next()) }
  }
}
