import Datasets
import Files
import Imaging
import Inference
import Training

/// What an option of the command does about an error: libraries know no options, so their errors name none.
enum Hint {
  /// A line to print after the error; `nil` where the error says all.
  static func after(_ error: any Error) -> String? {
    switch error {
    case TrainingError.notFinite, TrainingError.diverged:
      "Options for it: --lr with a smaller number, --clip-grad 1"
    case TrainingError.interrupted(let run, _, _):
      run.isEmpty ? nil : "Go on with: steelyard train --resume \(ShellWord.of(run))"
    case CompareError.stopped(let folder, _, _):
      "Go on with: steelyard compare --resume \(ShellWord.of(folder))"
    case CrossfitError.stopped(let folder, _, _):
      "Go on with: steelyard crossfit --resume \(ShellWord.of(folder))"
    case is EmbeddingStopped: "The same command goes on from there."
    case EmbeddingError.otherPlan: "Option to begin anew: --overwrite"
    case EmbeddingError.noOrigin:
      "Option of embed: --pretrained; without --backbone the model takes features"
    case CrossfitError.tooFewGroups: "Option for it: --folds"
    case CrossfitError.oneGroup: "Option for it: --drop-class"
    case CrossfitError.labelInOneFold(_, _, _, groups: 1): "Option for it: --drop-class"
    case CrossfitError.missingClass, CrossfitError.labelInOneFold:
      "Options for it: --folds, --seed, --drop-class"
    case TrainingError.singleValue:
      "Options for it: --batch-size 2, or a larger --img-size"
    case TrainingError.noHiddenPlaces: "Option for it: --model"
    case DatasetError.leakage:
      "Option for it: --allow-leakage"
    case DatasetError.nearCopies:
      "Options for it: --near-duplicates group, where the split is drawn here, or keep"
    case DatasetError.image(.noScale, _), ImageError.noScale:
      "Option for it: --intensity LOW,HIGH"
    case DatasetError.image(.noSuchPage, _): "Option for it: --page"
    case DatasetError.image(.bands, _): "Option for it: --bands"
    case DatasetError.missingColumn, DatasetError.severalSplitFlags, DatasetError.strictColumns:
      column(error)
    case TextError.noWord: "Option for it: --text-columns"
    case TextError.tooLarge: "Options for it: --text-size, --text-slots"
    case TextError.lexiconsTooLarge: "Option for it: --lexicon"
    case EncodingError.tooManyLevels, EncodingError.nothingLeft:
      "Options for it: --categorical-columns, --text-columns"
    case EncodingError.cells(.problems(let problems)): lines(problems)
    case DatasetError.categoriesWithoutTable:
      "Options for it: --input features, --categorical-columns"
    case DatasetError.textsWithoutTable:
      "Options for it: --input features, --text-columns, --text-table; steelyard embed makes features of images"
    case DatasetError.noSuchColumn(_, "text", _, _):
      "Options for it: --text-columns; --text-table where the texts stand in another table"
    case DatasetError.problems(let problems): lines(problems)
    case ModelError.noDescription:
      "Weights of others are where training begins: steelyard train --pretrained"
    case ModelError.badRule:
      "Options for it: predict --no-rule leaves the rule out, decide --remove takes it away"
    default: nil
    }
  }

  /// The options that say which column is meant.
  private static func column(_ error: any Error) -> String? {
    switch error {
    case DatasetError.missingColumn(_, "label", _, _, let likely):
      "Option for it: "
        + (likely.count > 1
          ? "--label-columns \(likely.joined(separator: ","))" : "--label-column NAME")
    case DatasetError.missingColumn: "Option for it: --path-column NAME"
    case DatasetError.severalSplitFlags: "Option for it: --split-column NAME"
    case DatasetError.strictColumns: "Options for it: --group-column NAME, --split-column NAME"
    default: nil
    }
  }

  /// A line for each kind of problem that an option helps with.
  private static func lines(_ problems: DataProblems) -> String? {
    var lines: [String] = []
    for problem in problems.first {
      if let line = line(problem.kind), !lines.contains(line) { lines.append(line) }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private static func line(_ problem: DataProblem.Kind) -> String? {
    switch problem {
    case .unreadable(let reason) where reason.hasSuffix(ImageError.scaleAdvice):
      "Option for it: --intensity LOW,HIGH"
    case .unreadable(let reason) where reason.hasSuffix(ImageError.bandsAdvice):
      "Options for it: --bands; --on-bad-image skip leaves such images out"
    case .unreadable: "Option for images that do not decode: --on-bad-image skip"
    case .notAnImage: "Option for files that are no images: --on-bad-image skip"
    case .notInClassNames, .emptyClassFolder, .noImageThatIsRead:
      "Option of inspect and train to leave a class out: --drop-class"
    case .wordAmongNumbers: "Option of train for columns of categories: --categorical-columns"
    case .missingFile(let path, _, root: nil, _) where !path.hasPrefix("/"):
      "Option for paths that start in another folder: --image-root"
    default: nil
    }
  }
}
