import SteelyardCommand
import Testing

/// What cannot be typed together, or not so: the words and the status of each, without running anything.
@Suite struct CommandLineTests {
  typealias Case = (typed: String, words: String)

  static let decide: [Case] = [
    (
      "decide t.csv --remove --json",
      "A rule chosen on a table needs --output or --json, and has no --remove."
    ),
    (
      "decide t.csv --json --promised",
      "--promised goes with --sensitivity, --specificity, --workload or --risk."
    ),
    (
      "decide t.csv --json --target-prior uniform --unlabelled u.csv",
      "Choose one of --target-prior and --unlabelled."
    ),
    (
      "decide t.csv --json --calibration platt",
      "--calibration: expected one of none, temperature, vector, dirichlet, isotonic, auto, got "
        + "'platt'."
    ),
    (
      "decide t.csv --json --conformal 0",
      "--conformal: expected a part above 0 and below 1, got 0.0."
    ),
    (
      "decide t.csv --json --conformal 1",
      "--conformal: expected a part above 0 and below 1, got 1.0."
    ),
    (
      "decide t.csv --json --conformal nan",
      "--conformal: expected a part above 0 and below 1, got nan."
    ),
    (
      "decide t.csv --json --estimate em",
      "The value 'em' is invalid for '--estimate <saerens|bbse>'"
    ),
    (
      "decide t.csv --json --conformal-score raps",
      "The value 'raps' is invalid for '--conformal-score <probability|aps>'"
    ),
  ]

  static let evaluate: [Case] = [
    ("evaluate t.csv --level 0", "--level: expected a number above 0 and below 1, got 0.0."),
    ("evaluate t.csv --level 1", "--level: expected a number above 0 and below 1, got 1.0."),
    ("evaluate t.csv --level nan", "--level: expected a number above 0 and below 1, got nan."),
    ("evaluate t.csv --resamples 1000001", "--resamples: expected 0 to 1,000,000, got 1000001."),
    (
      "evaluate t.csv --bootstrap bc",
      "The value 'bc' is invalid for '--bootstrap <bca|percentile|basic>'"
    ),
    (
      "evaluate t.csv --rates wald",
      "The value 'wald' is invalid for '--rates <wilson|clopper-pearson>'"
    ),
    (
      "evaluate t.csv --task boxes",
      "The value 'boxes' is invalid for '--task <class|labels|grades|number>'"
    ),
    (
      "evaluate t.csv --unknown skip",
      "The value 'skip' is invalid for '--unknown <ignore|zeros|ones>'"
    ),
    (
      "evaluate t.csv --study-join median",
      "The value 'median' is invalid for '--study-join <mean|max|noisy-or|auto>'"
    ),
    ("evaluate r --split dev", "--split: expected train, val, test or all, got 'dev'."),
    ("evaluate r --attack 2", "The value '2' is invalid for '--attack <0.03|8/255>'"),
    ("evaluate r --attack 8/0", "The value '8/0' is invalid for '--attack <0.03|8/255>'"),
    ("evaluate r --attack 1/2/3", "The value '1/2/3' is invalid for '--attack <0.03|8/255>'"),
    ("evaluate r --attack-steps 3", "--attack-steps: takes part with --attack only; leave it out."),
    ("evaluate r --attack 0.1 --attack-steps 0", "--attack-steps: expected at least 1, got 0."),
    (
      "evaluate r --adapt-seed 3",
      "--adapt-seed: it is the seed of --adapt-experts, which is not given."
    ),
  ]

  static let others: [Case] = [
    ("gate a b", "Say what is required, such as --require \"f1_macro >= -0.01\"."),
    ("froc d.csv --lesions l.csv --rate nan", "--rate: expected a number of at least 0, got nan."),
    (
      "ensemble a b --save s.json --weights w.json",
      "Choose one of --save and --weights: one keeps what is fitted, the other fits nothing."
    ),
    ("fuse t.csv", "--columns: name the columns to fuse, such as --columns age,sex."),
    ("fuse t.csv --columns age --folds 1", "--folds: expected at least 2, got 1."),
    (
      "fuse t.csv --head h.json --columns age",
      "--head has its own columns; leave --columns and --categories out."
    ),
    (
      "fuse t.csv --head h.json --categories sex",
      "--head has its own columns; leave --columns and --categories out."
    ),
    (
      "fuse t.csv --head h.json --json",
      "--head judges nothing; leave --folds, --seed and --json out."
    ),
    (
      "fuse t.csv --head h.json --folds 3",
      "--head judges nothing; leave --folds, --seed and --json out."
    ),
    ("fuse t.csv --head h.json", "--output-dir: name the folder for what the head says."),
    (
      "study prevalence t.csv --prevalence 0",
      "--prevalence: expected a number between 0 and 1, got 0.0."
    ),
    (
      "study prevalence t.csv --prevalence 1",
      "--prevalence: expected a number between 0 and 1, got 1.0."
    ),
    ("predict r x.png --output o.csv --json", "Choose one of --output and --json."),
    (
      "predict r x.png --filter-labels hand",
      "--filter-labels and --class-floor are about a filter: say where it is written with --filter "
        + "FOLDER."
    ),
    (
      "predict r x.png --class-floor 3",
      "--filter-labels and --class-floor are about a filter: say where it is written with --filter "
        + "FOLDER."
    ),
    (
      "report a b --license MIT",
      "--reference, --use, --acts-on and --license go into the report of one run or table."
    ),
    (
      "report a b --reference x",
      "--reference, --use, --acts-on and --license go into the report of one run or table."
    ),
    ("models --classes 0", "--classes: expected at least 1, got 0."),
    ("models --img-size 4", "--img-size: expected at least 8, got 4."),
    ("methods erm --markdown", "--markdown writes the page of all methods; leave out the name."),
    ("demo --seed -1", "--seed: expected 0 to 4611686018427387903, got -1."),
    ("demo --epochs 0", "--epochs: expected 1 to 1000000, got 0."),
    ("demo --seeds 3", "--seeds: takes part with --gauss only; leave it out."),
    ("demo --gauss --seeds 0", "--seeds: expected 1 to 10000, got 0."),
  ]

  private func check(_ one: Case) {
    let arguments = one.typed.split(separator: " ").map(String.init)
    guard let found = Entrance.objection(to: arguments) else {
      Issue.record("nothing is said of: \(one.typed)")
      return
    }
    #expect(found.status == 64, "\(one.typed)")
    #expect(found.words.hasPrefix(one.words), "\(one.typed): \(found.words)")
  }

  @Test(arguments: audit.indices) func audits(_ index: Int) { check(Self.audit[index]) }
  @Test(arguments: curate.indices) func curations(_ index: Int) { check(Self.curate[index]) }
  @Test(arguments: decide.indices) func decisions(_ index: Int) { check(Self.decide[index]) }
  @Test(arguments: evaluate.indices) func evaluations(_ index: Int) { check(Self.evaluate[index]) }
  @Test(arguments: others.indices) func otherCommands(_ index: Int) { check(Self.others[index]) }

  /// A number below 0 is a number, not the next option.
  @Test(arguments: [
    ("audit p.csv --keep -1", "--keep: expected a number of at least 0, got -1."),
    ("audit r --early-epochs -1", "--early-epochs: expected at least 1, got -1."),
    ("audit p.csv --features f.npz --neighbours -3", "--neighbours: expected 3 to 1000, got -3."),
    ("curate d --spread -1", "--spread: expected 0 to 1000, got -1."),
    ("curate d --copy-distance -0.5", "--copy-distance: expected 0 to 2, got -0.5."),
    ("curate d --cluster-size -2", "--cluster-size: expected at least 1, got -2."),
    ("curate d --bins -1", "bins: expected at least 1, got -1."),
    ("curate d --fraction -1", "fraction: expected a share above 0 and up to 1, got -1.0."),
    (
      "curate d --score-column s --scores t.csv --class-floor -1",
      "--class-floor: expected a number of at least 0, got -1."
    ),
    (
      "curate d --score-column s --scores t.csv --most-lost -1",
      "most lost: expected a share from 0 to 1, got -1.0."
    ),
    (
      "decide t.csv --json --conformal -0.1",
      "--conformal: expected a part above 0 and below 1, got -0.1."
    ),
    ("evaluate t.csv --resamples -1", "--resamples: expected 0 to 1,000,000, got -1."),
    ("evaluate t.csv --level -0.5", "--level: expected a number above 0 and below 1, got -0.5."),
    ("evaluate r --attack 0.1 --attack-steps -1", "--attack-steps: expected at least 1, got -1."),
    (
      "froc d.csv --lesions l.csv --rate 1 --rate -1",
      "--rate: expected a number of at least 0, got -1.0."
    ),
    (
      "predict r x.png --filter o --class-floor -1",
      "--class-floor: expected a number of at least 0, got -1."
    ),
  ]) func numbersBelowZero(_ typed: String, _ words: String) { check((typed, words)) }

  /// What each of these says beside the others is well typed.
  @Test(arguments: [
    "audit p.csv", "audit --probabilities p.npy --given g.npy --class-names n.txt",
    "audit --raters r.csv", "audit p.csv --raters r.csv --consensus crowdlab",
    "audit r --explain a.png --explain-top 3",
    "audit p.csv --features f.npz --neighbours 5 --seed 2",
    "curate d --clusters sqrt", "curate d --cluster-size 7", "curate d --rule quota --quota 3",
    "curate d --score-column s --scores t.csv --keep 0.5 --class-floor 3 --last-epoch 4",
    "curate --accept c.csv --accept-clusters k.csv --output o", "decide t.csv --json",
    "decide t.csv --json --promised --risk 0.1",
    "evaluate r --attack 8/255 --attack-steps 3", "evaluate t.csv --level 0.9 --resamples 0",
    "evaluate r --adapt-experts --adapt-seed 3", "gate a b --require mcc>=0",
    "fuse t.csv --columns age --folds 2", "fuse t.csv --head h.json --output-dir o",
    "ensemble a b --save s.json", "study prevalence t.csv --prevalence 0.1",
    "predict r x.png --filter o --class-floor 3", "models --classes 1 --img-size 8",
    "methods erm", "methods --markdown", "demo --gauss --seeds 3",
  ]) func whatGoesTogetherIsTaken(_ typed: String) {
    let found = Entrance.objection(to: typed.split(separator: " ").map(String.init))
    #expect(found == nil, "\(found?.words ?? "")")
  }

  /// Help and version are no mistakes.
  @Test(arguments: ["--help", "--version", "evaluate --help", "study --help"])
  func askingIsNoMistake(_ typed: String) {
    let found = Entrance.objection(to: typed.split(separator: " ").map(String.init))
    // Help is a command of its own, which can begin; the version is said in place of one.
    #expect(
      typed == "--version" ? found?.status == 0 : found == nil, "\(typed): \(found?.words ?? "")")
  }

  @Test func aWrongWordNamesTheNearest() throws {
    let found = try #require(Entrance.objection(to: ["evaluate", "t.csv", "--resample", "3"]))
    #expect(found.status == 64)
    #expect(found.words.hasPrefix("Unknown option '--resample'. Did you mean '--resamples'?"))
    let other = try #require(Entrance.objection(to: ["evalute", "t.csv"]))
    #expect(other.status == 64)
  }
}
