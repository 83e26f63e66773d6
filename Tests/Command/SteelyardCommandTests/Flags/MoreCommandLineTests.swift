import SteelyardCommand
import Testing

/// Options that have no effect beside others, numbers out of range, and one name for two files: said before anything runs.
@Suite struct MoreCommandLineTests {
  private func words(_ typed: String) -> String? {
    let found = Entrance.objection(to: typed.split(separator: " ").map(String.init))
    if let found { #expect(found.status == 64, "\(typed)") }
    return found?.words
  }

  /// A number below 0 is a number: it is said to be out of range, not to be missing.
  @Test(arguments: [
    ("audit p.csv --threads -1", "--threads: expected at least 1, got -1."),
    ("curate d --threads -2", "--threads: expected at least 1, got -2."),
    ("embed d --pretrained w.pth --output e.npz --views -1", "--views: expected 1 to 12, got -1."),
    ("models --img-size -1", "--img-size: expected at least 8, got -1."),
    ("models --classes -1", "--classes: expected at least 1, got -1."),
    (
      "study collapse --counts -1,20", "--counts: expected 2 to 20 whole numbers such as 1,20,40,80"
    ),
    (
      "study collapse --layers -1",
      "expected 1 to 5 layers, a decay between 0 and 1 and 1 to 200,000 steps"
    ),
    (
      "study collapse --decay -0.5",
      "expected 1 to 5 layers, a decay between 0 and 1 and 1 to 200,000 steps"
    ),
    (
      "study collapse --steps -9",
      "expected 1 to 5 layers, a decay between 0 and 1 and 1 to 200,000 steps"
    ),
    ("study collapse --seed -1", "The value '-1' is invalid for '--seed <number>'"),
    ("study memory --facts -3", "expected a multiple of 3 facts, at most 300"),
    ("study memory --head -3", "expected a multiple of 3 facts, at most 300"),
    ("study memory --mass -0.1", "expected a multiple of 3 facts, at most 300"),
    ("study disparity --ratio -2", "expected ratios of 1 to 1000, a separation of 0.1 to 10"),
    ("study disparity --separation -1", "expected ratios of 1 to 1000, a separation of 0.1 to 10"),
    ("study disparity --attack -1", "expected ratios of 1 to 1000, a separation of 0.1 to 10"),
    ("study disparity --repetitions -1", "expected ratios of 1 to 1000, a separation of 0.1 to 10"),
    ("study auroc-auprc --count -1", "expected a count of 2 to 100,000, repairs up to 100,000"),
    ("study auroc-auprc --repairs -1", "expected a count of 2 to 100,000, repairs up to 100,000"),
    (
      "study auroc-auprc --repetitions -1",
      "expected a count of 2 to 100,000, repairs up to 100,000"
    ),
    (
      "study auroc-auprc --prevalence -0.1",
      "expected a count of 2 to 100,000, repairs up to 100,000"
    ),
    (
      "study prevalence t.csv --prevalence -1",
      "--prevalence: expected a number between 0 and 1, got -1.0."
    ),
  ])
  func belowZero(_ typed: String, _ expected: String) {
    #expect(words(typed)?.hasPrefix(expected) == true, "\(typed): \(words(typed) ?? "nothing")")
  }

  /// What is only known to be wrong beside the data is taken as a value here.
  @Test(arguments: [
    "gate a b --non-inferior -1", "compare d --methods erm --output o --seeds -1",
    "compare d --methods erm --output o --folds -1",
    "compare d --methods erm --output o --long-tail -1",
    "compare d --methods erm --output o --budget -1h", "study imbalance d --output o --seeds -1",
  ])
  func belowZeroLater(_ typed: String) { #expect(words(typed) == nil) }

  @Test(arguments: [
    ("study collapse --decay nan", "expected 1 to 5 layers"),
    ("study collapse --decay 1", "expected 1 to 5 layers"),
    ("study collapse --counts 1", "--counts: expected 2 to 20 whole numbers"),
    ("study collapse --counts 0,5", "--counts: expected 2 to 20 whole numbers"),
    ("study collapse --counts 1,", "--counts: expected 2 to 20 whole numbers"),
    ("study collapse --counts 1,2000", "--counts: expected 2 to 20 whole numbers"),
    ("study collapse --counts 1.5,20", "--counts: expected 2 to 20 whole numbers"),
    ("study memory --facts 4", "expected a multiple of 3 facts"),
    ("study memory --facts 303", "expected a multiple of 3 facts"),
    ("study memory --facts 6 --head 6", "expected a multiple of 3 facts"),
    ("study memory --mass 1", "expected a multiple of 3 facts"),
    ("study memory --mass nan", "expected a multiple of 3 facts"),
    ("study disparity --ratio 0.5", "expected ratios of 1 to 1000"),
    ("study disparity --ratio nan", "expected ratios of 1 to 1000"),
    ("study disparity --attack 3 --separation 2", "expected ratios of 1 to 1000"),
    ("study disparity --separation inf", "expected ratios of 1 to 1000"),
    ("study auroc-auprc --prevalence 0", "expected a count of 2 to 100,000"),
    ("study auroc-auprc --prevalence nan", "expected a count of 2 to 100,000"),
    ("study auroc-auprc --count 10 --prevalence 0.01", "expected a count of 2 to 100,000"),
    ("study auroc-auprc --repetitions 1", "expected a count of 2 to 100,000"),
    (
      "study prevalence t.csv --prevalence nan",
      "--prevalence: expected a number between 0 and 1, got nan."
    ),
    (
      "study imbalance d --output o --types step,stp",
      "--types: expected different ones of step, linear and exponential, got 'step,stp'"
    ),
    (
      "study imbalance d --output o --types step,step",
      "--types: expected different ones of step, linear and exponential, got 'step,step'"
    ),
    (
      "study imbalance d --output o --types ,",
      "--types: expected different ones of step, linear and exponential, got ','"
    ),
    (
      "study imbalance d --output o --long-tail-shape step",
      "--long-tail-shape: the study has its own, --types"
    ),
    (
      "study imbalance d --output o --plot p.png",
      "--plot: a drawing is SVG; expected a name that ends in .svg, got 'p.png'"
    ),
    ("models --classes 100001", "--classes: expected at most 100000, got 100001."),
    ("models --classes 99999999999", "--classes: expected at most 100000, got 99999999999."),
    ("models --img-size 16385", "--img-size: expected at most 16384, got 16385."),
    ("demo --gauss --output x", "--output: --gauss writes no file; leave it out."),
    ("demo --gauss --output-dir x --seeds 2", "--output: --gauss writes no file; leave it out."),
    (
      "embed d --output e.npz",
      "Say whose features: --pretrained FILE with --model, or --run RUN."
    ),
    (
      "embed d --output e.npz --pretrained w.pth --run r",
      "Say whose features: --pretrained FILE with --model, or --run RUN."
    ),
    (
      "embed d --output e.npz --pretrained w.pth --adapter a",
      "--adapter: it stands beside the model of a run; say which with --run."
    ),
    (
      "embed d --output e.npz --run r --crop",
      "--run: its model says which network it is and what it sees of an image; leave out --model, --pool,"
    ),
    ("embed d --output e.npz --pretrained w.pth --views 13", "--views: expected 1 to 12, got 13."),
    (
      "report r.json --license MIT",
      "--reference, --use, --acts-on and --license go into the report of one run or table."
    ),
    (
      "predict r x.png --filter o --class-floor 1000001",
      "--class-floor: expected a number of at least 0, got 1000001."
    ),
    ("decide r --json --coverage 0.5 --risk 0.1", "Choose one of --coverage and --risk."),
    ("crossfit d --folds 1", "folds: expected a whole number from 2 to 1000000000, got 1"),
    ("methods --json --markdown", "Choose one of --json and --markdown."),
    ("doctor --quiet", "Unknown option '--quiet'"),
  ])
  func outOfRange(_ typed: String, _ expected: String) {
    #expect(words(typed)?.hasPrefix(expected) == true, "\(typed): \(words(typed) ?? "nothing")")
  }

  /// A table and its drawing have names of their own, however they are spelled.
  @Test(arguments: [
    "a.svg a.svg", "a.svg ./a.svg", "x/../a.svg a.svg", "f/a.svg f//a.svg", "./f/./a.svg f/a.svg",
  ])
  func oneNameForTwo(_ names: String) {
    let parts = names.split(separator: " ")
    for study in ["collapse", "memory", "disparity", "auroc-auprc", "prevalence t.csv"] {
      let found = words("study \(study) --csv \(parts[0]) --plot \(parts[1])")
      #expect(
        found?.hasPrefix("--csv and --plot both name \(parts[1]); give two files.") == true,
        "\(found ?? "")")
    }
    #expect(words("study collapse --csv a.csv --plot a.svg") == nil)
  }

  /// A rule that is taken out is not chosen, shown or written.
  @Test(arguments: [
    "--json", "--output o.json", "--test t.csv", "--sensitivity a=0.9", "--specificity a=0.9",
    "--workload a=0.1",
    "--promised", "--costs c.csv", "--target-prior uniform", "--unlabelled u.csv", "--coverage 0.9",
    "--risk 0.1",
    "--conformal 0.1", "--calibration vector",
  ])
  func nothingBesideRemove(_ more: String) {
    // A folder that is there; whether it is a run is seen later.
    #expect(
      words("decide . --remove \(more)")?.hasPrefix(
        "--remove takes the rule out and chooses none; leave out what a rule would be chosen, shown or written by."
      )
        == true, "\(words("decide . --remove \(more)") ?? "nothing")")
    #expect(words("decide . --remove") == nil && words("decide . --remove --quiet") == nil)
  }

  /// Limits themselves are within.
  @Test(arguments: [
    "models --classes 100000", "models --img-size 16384", "models --img-size 8", "demo --gauss",
    "demo --output x",
    "study collapse --counts 1,1999", "study collapse --layers 5 --steps 200000",
    "study memory --facts 300 --head 299",
    "study disparity --ratio 1 --ratio 1000 --attack 0",
    "study auroc-auprc --count 2 --prevalence 0.5 --repairs 0",
    "study prevalence t.csv --prevalence 0.5 --prevalence 0.5",
    "study imbalance d --output o --types exponential",
    "embed d --output e.npz --pretrained w.pth --views 12",
    "predict r x.png --filter o --class-floor 0",
    "crossfit d --folds 2", "report r.json --json", "gate a b --require mcc>=0 --strict",
  ])
  func limits(_ typed: String) { #expect(words(typed) == nil, "\(words(typed) ?? "")") }

  /// No command takes an option of which it knows nothing, and each names its nearest.
  @Test(arguments: [
    "train", "inspect", "evaluate", "predict", "report", "gate", "decide", "compare", "crossfit",
    "audit", "curate", "embed",
    "fuse", "ensemble", "froc", "change", "demo", "doctor", "methods", "models",
  ])
  func everyCommandKnowsItsOptions(_ name: String) throws {
    // Help is a command of its own, so that nothing is said against it.
    #expect(Entrance.objection(to: [name, "--help"]) == nil)
    let wrong = try #require(Entrance.objection(to: [name, "a", "b", "--no-such-option-at-all"]))
    #expect(wrong.status == 64, "\(name)")
    // Of these commands something that they need is missing, which is said first.
    guard !["gate", "decide", "embed", "fuse", "froc", "change"].contains(name) else { return }
    #expect(wrong.words.contains("--no-such-option-at-all"), "\(name): \(wrong.words)")
  }
}
