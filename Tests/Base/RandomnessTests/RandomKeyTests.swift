import Foundation
import Randomness
import Testing

@Suite struct RandomKeyTests {
  @Test func goldenKeys() throws {
    let run = RandomKey(seed: 7)
    let keys: [String: RandomKey] = [
      "7": run, "7/augment": run.folding("augment"), "7/0": run.folding(0),
      "7/-1": run.folding(-1), "7/augment/3/41": run.folding("augment").folding(3).folding(41),
      "7/wärme": run.folding("wärme"),
    ]
    for golden in try GoldenDraws.load().keys {
      var source = try #require(keys[golden.path]).source
      #expect(String(source.next()) == golden.word, "\(golden.path)")
    }
  }

  @Test func sameNameSameStream() {
    let key = RandomKey(seed: 7).folding("sampler")
    #expect(key.source == key.source)
    #expect(key.folding(3) == RandomKey(seed: 7).folding("sampler").folding(3))
  }

  @Test func differentNamesDifferentStreams() {
    let run = RandomKey(seed: 7)
    var seen: Set<RandomKey> = [run]
    for value in -50..<50 {
      seen.insert(run.folding(value))
      seen.insert(run.folding("\(value)"))
      for next in 0..<50 { seen.insert(run.folding(value).folding(next)) }
    }
    #expect(seen.count == 1 + 200 + 5000)
    #expect(run.folding(1).folding(2) != run.folding(2).folding(1))
    #expect(run.folding("") != run)
  }

  @Test func coding() throws {
    let key = RandomKey(seed: .max).folding("augment")
    #expect(try JSONDecoder().decode(RandomKey.self, from: JSONEncoder().encode(key)) == key)
  }
}
