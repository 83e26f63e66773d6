import Files
import Foundation
import Gauss
import Methods
import Plans

/// Scores of everything that the orders on LT-Gauss speak of, seed by seed, by name: methods, methods after MixUp, and
/// single experts and heads as `METHOD/NUMBER`.
struct GaussScores {
  /// A number of a trained network in percent, and what it is called after the method's name.
  struct Measure: Sendable {
    let name: String
    let value: @Sendable (GaussTrial) -> Double

    /// How well uncertainty tells mistakes: the area under the ROC curve.
    static let failures = Measure(name: "failures") { 100 * ($0.failureAUC ?? 0.5) }
    /// How well each class is told from the rest: the mean of the areas under their ROC curves.
    static let areas = Measure(name: "areas") { 100 * $0.meanAUC }
  }

  /// Seeds that no number of a paper, and no threshold here, was chosen on.
  static let seeds = 1000..<1020

  /// In the order of the table.
  private(set) var names: [String] = []
  private var found: [String: [Int: GaussScore]] = [:]
  private let file: String?

  /// - Parameter file: a table of scores that were computed before, which grows by those that are computed now; `nil`
  ///   computes all of them.
  init(file: String?) throws {
    self.file = file
    guard let file, FilePath.isFile(file) else { return }
    var reader = try DelimitedReader(path: file)
    while let row = try reader.next()?.fields {
      let values = row.dropFirst(2).compactMap(Double.init)
      guard row.count == 6, values.count == 4, let seed = Int(row[1]) else { continue }
      found[row[0], default: [:]][seed] = try Self.score(values)
    }
  }

  /// All scores of a name, in the order of the seeds; `nil` where some are missing.
  subscript(name: String) -> [GaussScore]? {
    let scores = Self.seeds.compactMap { found[name]?[$0] }
    return scores.count == Self.seeds.count ? scores : nil
  }

  /// Trains a method on every seed that is not known.
  ///
  /// - Parameters:
  ///   - method: what trains.
  ///   - name: what its scores are called.
  ///   - heads: whether its heads are scored by themselves too, as `NAME/NUMBER`.
  ///   - measures: what else is looked at, as `NAME/MEASURE`; the seconds of a training are `NAME/seconds`.
  ///   - epochs: passes over the training rows.
  mutating func add(
    _ method: any Method, as name: String, heads: Bool = false, also measures: [Measure] = [],
    epochs: Int = 60
  ) throws {
    names.append(name)
    let wanted = [name] + measures.map { "\(name)/\($0.name)" }
    for seed in Self.seeds where wanted.contains(where: { found[$0]?[seed] == nil }) {
      let started = ContinuousClock.now
      let trial = try GaussTrial(method, seed: UInt64(seed), epochs: epochs)
      let seconds = (ContinuousClock.now - started) / .seconds(1)
      try note(trial.score, name, seed)
      try note(Self.score(alike: seconds), name + "/seconds", seed)
      for measure in measures {
        try note(Self.score(alike: measure.value(trial)), "\(name)/\(measure.name)", seed)
      }
      guard heads else { continue }
      for (number, score) in trial.headScores.enumerated() {
        try note(score, "\(name)/\(number + 1)", seed)
      }
    }
  }

  private static func score(alike value: Double) throws -> GaussScore {
    try score([value, value, value, value])
  }

  private static func score(_ values: [Double]) throws -> GaussScore {
    try JSONDecoder().decode(
      GaussScore.self,
      from: JSONEncoder().encode(
        Dictionary(uniqueKeysWithValues: zip(["all", "head", "mid", "tail"], values))))
  }

  private mutating func note(_ score: GaussScore, _ name: String, _ seed: Int) throws {
    found[name, default: [:]][seed] = score
    guard let file else { return }
    let rows = found.sorted { $0.key < $1.key }.flatMap { name, scores in
      scores.sorted { $0.key < $1.key }.map { seed, score in
        [name, "\(seed)"] + [score.all, score.head, score.mid, score.tail].map { "\($0)" }
      }
    }
    try DelimitedWriter.write(
      columns: ["name", "seed", "all", "head", "mid", "tail"], rows: rows, to: file)
  }
}
