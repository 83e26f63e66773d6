import Randomness
import TestSupport

/// `Goldens/Randomness/randomness.json`.
struct GoldenDraws: Decodable {
  struct Words: Decodable, Sendable { var seed: String, words: [String] }
  struct Key: Decodable, Sendable { var path: String, word: String }
  struct Below: Decodable, Sendable { var bound: Int, values: [Int] }
  struct Shuffle: Decodable, Sendable { var n: Int, order: [Int] }
  struct Beta: Decodable, Sendable { var a: Double, b: Double, values: [Double], cdf: [Double] }

  var words: [Words]
  var keys: [Key]
  var uniform: [Double]
  var normal: [Double]
  var below: [Below]
  var shuffle: [Shuffle]
  var beta: [Beta]
  var grid: [Double]

  static func load() throws -> GoldenDraws { try Golden.load("Randomness/randomness.json") }
}
