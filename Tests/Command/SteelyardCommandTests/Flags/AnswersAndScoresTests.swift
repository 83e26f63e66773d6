import SteelyardCommand
import Testing

/// `curate` does one of three things; what is of another has no effect, and is refused by the name that was typed.
@Suite struct AnswersAndScoresTests {
  private func words(_ typed: String) -> String {
    let found = Entrance.objection(to: typed.split(separator: " ").map(String.init))
    #expect(found == nil || found?.status == 64, "\(typed)")
    return found?.words ?? "nothing"
  }

  static let ofADiverseSet = [
    "--rule quota", "--fraction 0.5", "--quota 2 --rule quota", "--clusters 3", "--cluster-size 4",
    "--least-group 5",
    "--bins 3", "--components 4", "--cluster-column c", "--one-group", "--patient-column p",
    "--per-patient 3",
    "--copy-distance 0.1", "--keep-copies", "--spread 2",
  ]
  static let ofAScore = [
    "--keep 0.5", "--end hard", "--hard-is low", "--within set", "--draw cut", "--class-floor 3",
    "--most-lost 0.5",
    "--last-epoch 3",
  ]

  /// The name of the first option of some.
  private func first(_ more: String) -> [String] {
    more.split(separator: " ").filter { $0.hasPrefix("--") }.map(String.init)
  }

  @Test(arguments: ofADiverseSet) func besideAScore(_ more: String) {
    let found = words("curate d --score-column s --scores t.csv \(more)")
    #expect(
      first(more).contains {
        found.hasPrefix(
          "\($0): it is of a diverse set, and --score-column keeps a part by a score; leave one of them out."
        )
      }, "\(found)")
  }

  @Test(
    arguments: ofADiverseSet + [
      "--features f.npz", "--split val", "--no-labels", "--seed 3",
      "--label-column l", "--drop-class a",
    ])
  func besideAnswers(_ more: String) {
    let found = words("curate --accept c.csv --output o \(more)")
    #expect(
      first(more).contains {
        found.hasPrefix(
          "\($0): it does not go with --accept, which applies the answers of a curation and chooses nothing."
        )
      }, "\(found)")
  }

  @Test(arguments: ofAScore) func withoutAScore(_ more: String) {
    let found = words("curate d \(more)")
    #expect(
      found.hasPrefix(
        "\(first(more)[0]): it is about a score; say which with --score-column and --scores."),
      "\(found)")
  }

  /// With what they are of, all of them are taken.
  @Test func inTheirPlace() {
    for more in Self.ofADiverseSet { #expect(words("curate d \(more)") == "nothing", "\(more)") }
    for more in Self.ofAScore {
      #expect(words("curate d --score-column s --scores t.csv \(more)") == "nothing", "\(more)")
    }
    #expect(
      words("curate --accept c.csv --accept-clusters k.csv --output o --overwrite --json --quiet")
        == "nothing")
  }
}
