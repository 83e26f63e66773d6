import Foundation
import TestSupport
import Testing

/// Exit status and words for what people type wrongly.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct MisuseTests {
  private func run(_ arguments: [String], _ check: (Programme.Result) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Data("lrr: 3\n".utf8).write(to: URL(fileURLWithPath: folder + "/typo.yaml"))
      try check(Programme.run(arguments, in: folder))
    }
  }

  static let usage: [(arguments: [String], words: String)] = [
    (["trian"], "Unexpected argument 'trian'"),
    (["train", "x", "--lrr", "3"], "Unknown option '--lrr'. Did you mean '--lr'?"),
    (["train", "x", "--lr", "fast"], "The value 'fast' is invalid for '--lr <lr>'"),
    (["train", "x", "--lr", "0"], "lr: expected a number above 0, got 0 (from flag)"),
    (["train"], "the data is missing; name a folder or a table: steelyard train DATA"),
    (["train", "x", "--data-dir", "y"], "The data was given twice: 'x' and --data-dir 'y'."),
    (["train", "x", "-c", "typo.yaml"], "typo.yaml:1: unknown option 'lrr'; did you mean 'lr'?"),
    (["train", "x", "-c", "no.yaml"], "no.yaml: no such file or folder"),
    (["train", "x", "--method", "balanced-mixpu"], "did you mean 'balanced-mixup'?"),
    (["train", "x", "--set", "alfa=1"], "balanced-mixup has no hyper-parameter 'alfa'"),
    (
      ["train", "x", "--set", "alpha"],
      "The value 'alpha' is invalid for '--set <name=value>': expected a name, '=' and a value, "
        + "such as alpha=0.2; steelyard methods lists the names"
    ),
    (
      ["train", "x", "--split", "0.5,0.5"],
      "The value '0.5,0.5' is invalid for '--split <train,val,test>': expected three shares "
        + "'train,val,test' that sum to 1 or to 100, the first above 0, such as 0.7,0.15,0.15"
    ),
    (
      ["train", "x", "--epochs", "-1"],
      "epochs: expected a whole number from 1 to 1000000, got -1 (from flag)"
    ),
    (["train", "x", "--lr", "-0.1"], "lr: expected a number above 0, got -0.1 (from flag)"),
    (
      ["evaluate", "r", "-b", "-1"],
      "batch-size: expected a whole number from 1 to 1000000000, got -1 (from flag)"
    ),
    (
      ["predict", "r", "x.png", "-j", "0"],
      "workers: expected a whole number from 1 to 1024, got 0 (from flag)"
    ),
    (
      ["train", "x", "--threads", "9223372036854775807"],
      "threads: expected a whole number from 1 to 1024"
    ),
    (["train", "x", "--img-size", "100000"], "img-size: expected a whole number from 8 to 16384"),
    (["train", "x", "--experiment", "../y"], "experiment: expected the name of one folder"),
    (
      ["compare", "x", "--methods", "erm", "--output", "y", "--seeds", "9223372036854775807"],
      "seeds: expected 1 to 10000"
    ),
    (["demo", "--epochs", "-1"], "--epochs: expected 1 to 1000000, got -1."),
    (["train", "x", "--model", "resnet19"], "no network is called 'resnet19'"),
    (["train", "x", "--device", "tpu"], "not a device; use auto, cpu, cuda, cuda:N or mps"),
    (["train", "x", "--warmup-epochs", "9", "--epochs", "9"], "takes up all 9 epochs"),
    (["evaluate", "r", "--split", "dev"], "--split: expected train, val, test or all, got 'dev'."),
    (["methods", "--json", "--markdown"], "Choose one of --json and --markdown."),
  ]

  @Test(arguments: usage.indices) func wrongUsageEndsWith64(_ index: Int) throws {
    let (arguments, words) = Self.usage[index]
    try run(arguments) { ended in
      #expect(ended.status == 64)
      #expect(ended.errors.contains(words), "\(ended.errors)")
      #expect(ended.output.isEmpty)
    }
  }

  @Test func faultyDataEndWith2() throws {
    try run(["train", "nowhere"]) { ended in
      #expect(ended.status == 2)
      #expect(ended.errors.contains("nowhere: no such file or folder"), "\(ended.errors)")
    }
    try run(["inspect", "."]) { ended in #expect(ended.status == 2) }
  }

  @Test func runThatIsNoneEndsWith1() throws {
    for arguments in [["evaluate", "."], ["predict", ".", "x.png"], ["train", "--resume", "."]] {
      try run(arguments) { ended in
        #expect(ended.status == 1)
        #expect(ended.errors.contains("not a run directory"), "\(ended.errors)")
      }
    }
  }

  @Test func helpEndsWith0() throws {
    try run(["--help"]) { ended in
      #expect(ended.status == 0)
      #expect(ended.errors.isEmpty)
    }
  }
}
