package import ArgumentParser
package import Batches
package import Datasets
package import Evaluation
package import Imaging
package import Networks
package import Optimizers
package import Schedules
package import Targets
package import Training

/// `--amp`: whether matrix products run in bfloat16.
package enum AmpChoice: String, Choice { case auto, on, off }

/// `--on-bad-image`: what to do with a file that does not decode.
package enum BadImageChoice: String, Choice { case fail, skip }

/// `--near-duplicates`: what to do with images that are the same picture again without being equal.
package enum NearDuplicateChoice: String, Choice { case keep, group, refuse }

/// `--record`: what is written of single steps, of epochs, of both.
package enum RecordChoice: String, Choice { case examples, collapse, all }

/// `--input`: what the examples are.
package enum InputChoice: String, Choice {
  case auto, images, features, series

  /// The kind that is named; `nil` is to be found from the data.
  package var kind: InputKind? { InputKind(rawValue: rawValue) }

  /// The name of a kind.
  package init(_ kind: InputKind) {
    self =
      switch kind {
      case .images: .images
      case .features: .features
      case .series: .series
      }
  }
}

/// `--series-scale`: by what series are centred and scaled.
package enum SeriesScaleChoice: String, Choice { case set, each }

/// `--long-tail-shape`
extension TailShape: Choice {}

/// `--head`: the last layer.
package enum HeadChoice: String, Choice {
  case linear, cosine, mixed

  /// What it is; a cosine head multiplies by 16, as large as logits have to become.
  var form: HeadForm {
    switch self {
    case .linear: .linear
    case .cosine: .cosine(scale: 16)
    case .mixed: .mixed(scale: 16)
    }
  }
}

/// `--preprocessing`: how images are scaled and cropped.
package enum PreprocessingChoice: String, Choice { case own, plain }

/// `--pool`
extension TokenPooling: Choice {}

/// `--opt`
extension OptimizerKind: Choice {}

/// `--sched`
extension ScheduleKind: Choice {}

/// `--eval-metric`
extension SelectionMetric: Choice {}

/// `--task`
extension TargetKind: Choice {}

/// `--unknown`
extension UnknownLabels: Choice {}

/// `--study-join`
extension StudyJoinChoice: Choice {}

/// `--augment`
extension PresetName: Choice {}

/// `--cache`
extension ImageCacheChoice: Choice {}

/// `--augment-on`
extension AugmentationChoice: Choice {}

/// A value taken from a short list of names.
package protocol Choice: RawRepresentable, CaseIterable, Codable, ExpressibleByArgument, OptionValue
where RawValue == String {}

extension Choice {
  package static var expectation: String {
    "one of " + allCases.map(\.rawValue).joined(separator: ", ")
  }

  package init?(_ node: ConfigNode) {
    guard let text = node.scalar, let value = Self(rawValue: text) else { return nil }
    self = value
  }

  package var yaml: String { rawValue }

  package static func property(_ flag: FlagDefinition) -> FlagProperty<Self> { .text(flag) }
}
