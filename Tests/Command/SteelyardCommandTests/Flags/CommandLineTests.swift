import SteelyardCommand
import Testing

/// What cannot be typed together, or not so: the words and the status of each, without running anything.
@Suite struct CommandLineTests {
  typealias Case = (typed: String, words: String)

  static let audit: [Case] = [
    (
      "audit",
      "Say what is audited: predictions, a cross-fit or a run, or --probabilities P.npy with --given "
        + "L.npy; and --raters RATINGS.csv, with or without these."
    ),
    (
      "audit p.csv --class-names n.txt",
      "--class-names: it names the columns of --probabilities; a table names its own."
    ),
    ("audit p.csv --threads 0", "--threads: expected at least 1, got 0."),
    ("audit p.csv --ordered", "--ordered: it gives metrics of grades, and an audit has none."),
    (
      "audit p.csv --neighbours 5",
      "--neighbours: it is of votes of neighbours, and goes with --features."
    ),
    ("audit p.csv --seed 5", "--seed: it is of votes of neighbours, and goes with --features."),
    ("audit p.csv --features f.npz --neighbours 2", "--neighbours: expected 3 to 1000, got 2."),
    ("audit p.csv --vog-of loss", "The value 'loss' is invalid for '--vog-of <what>'"),
    ("audit p.csv --vog-of probability", "--vog-of: it goes with --gradients."),
    ("audit r --explain-top 3", "--explain-top: it goes with --explain."),
    ("audit r --explain a.png --explain-top 0", "--explain-top: expected 1 to 1000, got 0."),
    ("audit r --early-epochs 0", "--early-epochs: expected at least 1, got 0."),
    (
      "audit p.csv --first rarest:2",
      "--first: it orders issues.csv and corrections.csv, and goes with --output."
    ),
    (
      "audit p.csv --first rarest:0 --output o",
      "The value 'rarest:0' is invalid for '--first <classes>'"
    ),
    ("audit --probabilities p.npy", "--probabilities and --given go together: give both."),
    ("audit --given g.npy", "--probabilities and --given go together: give both."),
    (
      "audit --probabilities p.npy --given g.npy --split val",
      "--split: it says how a table is read, and does not go with --probabilities."
    ),
    (
      "audit --probabilities p.npy --given g.npy --renormalize",
      "--renormalize: it says how a table is read, and does not go with --probabilities."
    ),
    (
      "audit --probabilities p.npy --given g.npy --positive a",
      "--positive: it says how a table is read, and does not go with --probabilities."
    ),
    (
      "audit r --explain a.png --keep 2",
      "--keep: it does not go with --explain, which explains an answer of the run and audits nothing."
    ),
    (
      "audit r --explain a.png --features f.npz",
      "--features: it does not go with --explain, which explains an answer of the run and audits "
        + "nothing."
    ),
    (
      "audit r --explain a.png --gradients",
      "--gradients: it does not go with --explain, which explains an answer of the run and audits "
        + "nothing."
    ),
    (
      "audit --raters r.csv --rater-columns a",
      "--rater-columns: expected the names of two columns or more with commas between, got 'a'."
    ),
    (
      "audit --raters r.csv --rater-columns ,",
      "--rater-columns: expected the names of two columns or more with commas between, got ','."
    ),
    (
      "audit p.csv --rater-columns a,b",
      "--rater-columns: it is of labels of several raters, and goes with --raters."
    ),
    (
      "audit p.csv --consensus crowdlab",
      "--consensus: it is of labels of several raters, and goes with --raters."
    ),
    (
      "audit --raters r.csv --consensus crowdlab",
      "--consensus crowdlab: it needs predictions of the rated rows; name a table, cross-fit or run "
        + "beside --raters."
    ),
    (
      "audit --raters r.csv --split val",
      "--split: it says how predictions are read, and goes with a table, cross-fit or run beside "
        + "--raters."
    ),
    (
      "audit --raters r.csv --renormalize",
      "--renormalize: it says how predictions are read, and goes with a table, cross-fit or run beside "
        + "--raters."
    ),
    (
      "audit --raters r.csv --explain a.png",
      "--explain: it does not go with --raters, which audits labels of several raters."
    ),
    (
      "audit --raters r.csv --rater-columns a,,",
      "--rater-columns: expected the names of two columns or more with commas between, got 'a,,'."
    ),
  ]

  static let curate: [Case] = [
    (
      "curate",
      "Say what to choose from, or which answers to apply: DATA, or --accept curation.csv."
    ),
    (
      "curate d --accept c.csv",
      "Say what to choose from, or which answers to apply: DATA, or --accept curation.csv."
    ),
    ("curate --accept c.csv", "--accept: say where the accepted rows go with --output FOLDER."),
    (
      "curate d --accept-clusters k.csv",
      "--accept-clusters: it stands beside --accept curation.csv; give both."
    ),
    (
      "curate d --features f.npz --score-column s --scores t.csv",
      "--features and --score-column: a part by a score needs no features; give one of them."
    ),
    ("curate d --threads 0", "--threads: expected at least 1, got 0."),
    ("curate d --score-column s", "--score-column and --scores go together: give both."),
    ("curate d --scores t.csv", "--score-column and --scores go together: give both."),
    (
      "curate d --keep 0.5",
      "--keep: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --class-floor 3",
      "--class-floor: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --most-lost 0.5",
      "--most-lost: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --last-epoch 3",
      "--last-epoch: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --score-column s --scores t.csv --last-epoch 0",
      "--last-epoch: expected at least 1, got 0."
    ),
    (
      "curate d --score-column s --scores t.csv --keep 0",
      "keep: expected a share above 0 and up to 1, got 0.0."
    ),
    (
      "curate d --score-column s --scores t.csv --keep 1.1",
      "keep: expected a share above 0 and up to 1, got 1.1."
    ),
    (
      "curate d --score-column s --scores t.csv --most-lost 2",
      "most lost: expected a share from 0 to 1, got 2.0."
    ),
    (
      "curate d --rule quota --fraction 0.5",
      "--fraction: it is of --rule fraction-with-floor, and the rule is quota."
    ),
    ("curate d --quota 3", "--quota: it needs --rule quota."),
    ("curate d --rule quota --quota 0", "quota: expected at least 1, got 0."),
    (
      "curate d --clusters 3 --cluster-size 4",
      "--clusters and --cluster-size both say how many clusters; give one."
    ),
    (
      "curate d --one-group --cluster-column c",
      "--one-group and --cluster-column contradict each other; give one."
    ),
    ("curate d --clusters many", "--clusters: expected a number or sqrt, got 'many'."),
    ("curate d --clusters 2.5", "--clusters: expected a number or sqrt, got '2.5'."),
    ("curate d --copy-distance 3", "--copy-distance: expected 0 to 2, got 3.0."),
    ("curate d --copy-distance nan", "--copy-distance: expected 0 to 2, got nan."),
    ("curate d --spread 1001", "--spread: expected 0 to 1000, got 1001."),
    ("curate d --fraction 0", "fraction: expected a share above 0 and up to 1, got 0.0."),
    ("curate d --fraction 1.5", "fraction: expected a share above 0 and up to 1, got 1.5."),
    ("curate d --bins 0", "bins: expected at least 1, got 0."),
    ("curate d --components 0", "components: expected at least 1, got 0."),
    ("curate d --least-group 0", "least rows of a group: expected at least 1, got 0."),
    ("curate d --per-patient 0", "rows of a patient: expected at least 1, got 0."),
    ("curate d --clusters 0", "--clusters: expected at least 1, got 0."),
    ("curate d --cluster-size 0", "--cluster-size: expected at least 1, got 0."),
  ]

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
