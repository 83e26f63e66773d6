import Datasets
import Files
import Foundation
import Runs
import SteelyardCommand
import Testing
import Training

/// Errors of the command: what they say, how long that gets, and the status that they end with.
@Suite struct ErrorsInWordsTests {
  /// Long lists show twenty lines and the number of the others.
  @Test(arguments: [1, 20, 21, 25, 1000]) func overlapsShowTwentyLines(_ count: Int) {
    var found = TrainingOverlap(comparesPixels: true)
    #expect(found.isEmpty)
    found.groups = ["group 'p' (2) lies in train too"]
    found.images = (1..<count).map { "same pixels: \($0).png = x.png (train)" }
    #expect(!found.isEmpty)
    let lines = found.description.split(separator: "\n").map(String.init)
    #expect(
      lines[0] == "the model has learned from some of these data, so the numbers would flatter:")
    #expect(lines[1] == "group 'p' (2) lies in train too", "groups come first")
    #expect(lines.last == "Leave them out, or go on all the same with --allow-leakage.")
    #expect(lines.count == 2 + min(count, 20) + (count > 20 ? 1 : 0))
    #expect(lines.contains("… and \(count - 20) more") == (count > 20))
  }

  @Test(arguments: [1, 20, 21, 1234]) func changedImagesShowTwentyNames(_ count: Int) {
    let found = ChangedImages(run: "runs/a", paths: (0..<count).map { "\($0).png" })
    let lines = found.description.split(separator: "\n").map(String.init)
    #expect(
      lines[0] == "runs/a: these data have changed since the run began (other pixels or numbers):")
    #expect(
      lines[1] == "0.png" && lines.last?.hasPrefix("Restore them; or begin a new run") == true)
    #expect(lines.count == 2 + min(count, 20) + (count > 20 ? 1 : 0))
    if count == 1234 { #expect(lines.contains("… and 1,214 more"), "\(lines)") }
    #expect(Entrance.status(of: found) == 2)
  }

  @Test func whatComparisonsSay() {
    let words: [(CompareError, String, Int32)] = [
      (
        .otherOptions(folder: "c", ["lr", "epochs"]),
        "c was begun with other values of lr, epochs; all cells of a comparison share them: leave them as they were, or"
          + " take another folder", 64
      ),
      (
        .noTest(cell: "erm_seed0"),
        "erm_seed0 has no test part to be judged on; give it a share with --split, or take --folds",
        2
      ),
      (
        .nothingDone(folder: "c", firstProblem: "no memory"),
        "no cell in c came to an end; the first says: no memory", 1
      ),
      (
        .stopped(folder: "c", cell: "erm_seed1", left: 3),
        "stopped in erm_seed1, with 3 cell(s) left, and saved in c", 130
      ),
    ]
    for (error, text, status) in words {
      #expect(error.description == text)
      #expect(Entrance.status(of: error) == status, "\(text)")
    }
  }

  @Test func whatCrossFitsSay() {
    let words: [(CrossfitError, String, Int32)] = [
      (
        .tooFewGroups(3, folds: 5),
        "5 folds need at least 5 groups of images that belong together, and there are 3; take fewer folds",
        2
      ),
      (
        .labelInOneFold(label: "scar", isThere: true, images: 4, groups: 1),
        "all 4 images that have label 'scar' are in one fold, for they are one group that stays together, so its model could"
          + " not learn the label; leave the label out", 2
      ),
      (
        .labelInOneFold(label: "scar", isThere: false, images: 4, groups: 3),
        "all 4 images that are known not to have label 'scar' are in one fold, so its model could not learn the label; take"
          + " another number of folds or another seed, or leave the label out", 2
      ),
      (
        .classesDiffer(fold: 2),
        "the run of fold 2 has other classes or labels than that of fold 1; the data have changed since the cross-fit began:"
          + " begin anew", 2
      ),
      (.stopped(folder: "x", fold: 2, folds: 5), "stopped in fold 2 of 5, and saved in x", 130),
    ]
    for (error, text, status) in words {
      #expect(error.description == text)
      #expect(Entrance.status(of: error) == status, "\(text)")
    }
  }

  @Test func whatTheDemonstrationSays() {
    #expect(
      DemoError.otherSet("demo").description
        == "demo holds a demonstration with another seed or size; choose another folder with --output"
    )
    #expect(
      DemoError.occupied("demo/images").description
        == "demo/images exists already and is not a finished demonstration set; delete it or choose another folder with"
        + " --output")
    #expect(DemoError.unwritable("a.png", reason: "full").description == "cannot write a.png: full")
    for error in [DemoError.otherSet("a"), .occupied("a"), .unwritable("a", reason: "b")] {
      #expect(Entrance.status(of: error) == 1)
    }
  }

  /// Every form of a mistake in options, with the place where it stands.
  @Test func whatOptionsSay() {
    let words: [(OptionError, String)] = [
      (.unreadable(.missing(path: "c.yaml")), "--config: c.yaml: no such file or folder"),
      (.notYAML(file: "c.yaml", line: 3, problem: "a tab"), "c.yaml:3: not valid YAML: a tab"),
      (
        .repeatedKey("lr", file: "c.yaml", line: 4),
        "c.yaml:4: 'lr' is given more than once; keep one of them"
      ),
      (
        .unknownKey("lrr", file: "c.yaml", line: 5, nearest: "lr"),
        "c.yaml:5: unknown option 'lrr'; did you mean 'lr'?"
      ),
      (
        .unknownKey("zz", file: "c.yaml", line: 5, nearest: nil),
        "c.yaml:5: unknown option 'zz'; see 'steelyard train --help'"
      ),
      (
        .commandLineOnly("resume", file: "c.yaml", line: 1),
        "c.yaml:1: 'resume' can only be given on the command line, as --resume"
      ),
      (
        .outOfRange(
          "lr", got: "0", expected: "a number above 0",
          origin: .over(preset: "lift", "0.01", .file("c.yaml", line: 2))),
        "lr: expected a number above 0, got 0 (from c.yaml:2, over 0.01 of protocol lift)"
      ),
      (.missing("the data", hint: "name a folder"), "the data is missing; name a folder"),
      (.conflict("a: b"), "a: b"),
    ]
    for (error, text) in words {
      #expect(error.description.hasPrefix(text), "\(error.description)")
      #expect(Entrance.status(of: error) == 64)
    }
  }

  @Test func originsInWords() {
    let file = Origin.file("a b.yaml", line: 12)
    #expect(
      "\(Origin.flag)" == "flag" && "\(Origin.builtIn)" == "default" && "\(file)" == "a b.yaml:12")
    #expect("\(Origin.preset("lift"))" == "protocol lift")
    #expect("\(Origin.settled(asked: "auto", .flag))" == "flag: auto")
    #expect("\(Origin.settled(asked: "null", .preset("lift")))" == "protocol lift: null")
    #expect("\(Origin.over(preset: "lift", "3", .flag))" == "flag, over 3 of protocol lift")
  }

  /// What was stopped ends as the signal would have ended it; what nobody knows ends with 1.
  @Test func otherStatuses() {
    struct Unknown: Error {}
    #expect(Entrance.status(of: TrainingError.interrupted(run: "r", epoch: 1, step: 2)) == 130)
    #expect(Entrance.status(of: Unknown()) == 1)
    #expect(Entrance.status(of: NSError(domain: "x", code: 64)) == 1)
    #expect(Entrance.status(of: RunError.cannotCreate("x", reason: "y")) == 1)
    #expect(Entrance.status(of: MissingWeightsLike.missing) == 1)
    #expect(Entrance.status(of: DatasetError.empty(path: "x", expected: "y")) == 2)
    #expect(Entrance.status(of: TrainingOverlap(comparesPixels: false)) == 2)
  }

  private enum MissingWeightsLike: Error { case missing }
}
