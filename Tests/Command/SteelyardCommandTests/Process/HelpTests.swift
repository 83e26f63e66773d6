import TestSupport
import Testing

@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct HelpTests {
  @Test func topLevelNamesEveryCommand() throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["--help"], in: folder)
      #expect(ended.output == Self.help)
    }
  }

  /// Every command that the list names has a page of its own.
  @Test func everyCommandHasAPage() throws {
    let names = Self.help.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  -") else { return nil }
      let name = line.dropFirst(2).prefix { $0 != " " }
      return name == "See" ? nil : String(name)
    }
    #expect(names.count > 20)
    try withTemporaryFolder { folder in
      for name in names {
        let ended = try Programme.run([name, "--help"], in: folder)
        #expect(ended.status == 0 && ended.output.contains("USAGE: steelyard \(name)"), "\(name)")
      }
    }
  }

  private static let help = """
    OVERVIEW: Learn from imbalanced images: train, evaluate, predict.

    Results go to standard output, progress to standard error. Exit status: 0 all
    well, 1 failed, 2 data that cannot be used or a check that did not pass, 64
    wrong usage, 128 and its number (129, 130, 138, 143) stopped by a signal after
    saving.

    USAGE: steelyard <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    WORK SUBCOMMANDS:
      inspect                 Look at a data set before training: counts, sizes,
                              duplicates, leakage, damage.
      pack                    Put a data set of images into one file that every
                              command reads.
      embed                   Turn images into features of a pretrained network,
                              once, to train heads on in seconds.
      train                   Train a classifier on a folder or a table of images.
      crossfit                Train fold by fold, and judge each image by a model
                              that has not seen it.
      compare                 Train several methods over seeds or folds, and say
                              which is really better.
      evaluate                Measure a trained model, or anybody's predictions,
                              with intervals.
      predict                 Say what a trained model sees in images, features or
                              series.

    JUDGE SUBCOMMANDS:
      audit                   Find labels that are likely to be wrong, class by
                              class; change nothing.
      curate                  Choose what to look at, to label or to keep: a
                              diverse set, or a part by a score.
      decide                  Choose on validation how a model decides, and see
                              what that achieves on test.
      report                  Write a report that opens in any browser, of one run
                              or of several side by side.
      gate                    Let a new model pass only where it is not shown to be
                              worse.
      ensemble                Put models of a number together by non-negative
                              weights, fitted out of fold.
      fuse                    Fuse what a model says of images with columns of a
                              table, and see what each part adds.
      froc                    Measure a detector: lesions found against false marks
                              per image, with intervals.
      change                  Measure reported changes between two dates: SeK and
                              its kin, with intervals.
      study                   See what metrics, optimisers and remedies do when
                              classes are rare.

    LOOK AROUND SUBCOMMANDS:
      methods                 List the training methods, their hyper-parameters and
                              where they were published.
      models                  List the networks with their parameters,
                              multiply-adds and where they come from.

    SET-UP SUBCOMMANDS:
      doctor                  Check each part of the set-up and say how to repair
                              what does not work.
      demo                    Draw a small long-tailed image set and train two
                              methods on it, side by side.

      See 'steelyard help <subcommand>' for detailed help.

    """
}
