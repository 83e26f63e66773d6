import ArgumentParser
import Audit
import Curation
import Datasets
import Decisions
import Evaluation
import Files
import Foundation
import Imaging
import Inference
import Methods
import Networks
import Plans
import Runs
import Sampling
import Targets
import Training
import Uncertainty

/// How a command ends. Scripts rely on these numbers.
enum ExitStatus {
  static let success: Int32 = 0
  /// Something failed while running.
  static let failure: Int32 = 1
  /// A check found a fault in the data.
  static let checkFailed: Int32 = 2
  /// The command, or its configuration, was typed wrongly: `EX_USAGE` of sysexits.
  static let usage: Int32 = 64

  /// The status that an error of ours ends with; `nil` for what ArgumentParser itself says and
  /// rates: help, usage, `ExitCode`.
  static func of(_ error: any Error) -> Int32? {
    switch error {
    case AdaptationError.oneHead, AdaptationError.noViews:
      return usage
    case EnsembleError.tooFew, EnsembleError.otherCount, EnsembleError.otherOrder: return usage
    case is EnsembleError: return checkFailed
    case TextError.tooLarge, TextError.lexiconsTooLarge: return usage
    case is TextError, is EncodingError: return checkFailed
    case AdaptationError.noImages:
      return checkFailed
    case LabelRuleError.notSeenBothWays, LabelRuleError.notCalibrated:
      return checkFailed
    case is OptionError, is CostMatrixError, is RequirementError, is CatalogueError,
      is PositiveClassError, is LabelRuleError,
      is OverrideError, is UnknownArchitecture, is FeatureFileError:
      return usage
    case is AuditError, is RatingError, is CurationError, is DatasetError, is ImageError,
      is ClassCountsError,
      is TrainingOverlap, is ChangedImages, is RowMismatch, is LexiconError:
      return checkFailed
    // What was typed is no class, or no part; a part that validation cannot keep is about the data.
    case OperatingPointError.unknownClass, OperatingPointError.badLevel, AbstentionError.badLevel,
      PrevalenceError.notAShare, PrevalenceError.badSum:
      return usage
    case is PredictionsError, is LabelledPredictionsError, is ComparisonError, is CalibrationError,
      is PrevalenceError, is FusionError, is OperatingPointError, is AbstentionError,
      is DecisionRuleError:
      return checkFailed
    case FileError.malformed, FileError.malformedLine, RunFileError.damaged, RunFileError.newer,
      ModelError.badRule:
      return checkFailed
    case TrainingError.singleValue, TrainingError.noHiddenPlaces:
      return usage
    case CrossfitDirectoryError.notACrossfit:
      return usage
    case CompareDirectoryError.notAComparison, CompareDirectoryError.occupied,
      CompareError.otherOptions:
      return usage
    case CompareError.stopped:
      return 128 + (StopSignals.pending ?? SIGINT)
    case CompareError.noTest:
      return checkFailed
    case EmbeddingError.unknownEnding, EmbeddingError.otherPlan, EmbeddingError.otherWeights,
      EmbeddingError.noOrigin, EmbeddingError.standsOnBackbone:
      return usage
    case is EmbeddingStopped:
      return 128 + (StopSignals.pending ?? SIGINT)
    case CrossfitError.stopped, ImageCacheError.stopped:
      return 128 + (StopSignals.pending ?? SIGINT)
    case is CrossfitError:
      return checkFailed
    case TrainingError.interrupted:
      return 128 + (StopSignals.pending ?? SIGINT)
    case is ExitCode:
      return nil
    default:
      return Steelyard.exitCode(for: error) == .failure ? failure : nil
    }
  }
}
