import Batches
import Datasets
import Methods
import Networks
import Plans
import Sampling
import Training

/// Whether a method makes sense on what the examples are.
enum MethodInput {
  /// Refuses a method that does something to pixels where the examples are numbers.
  ///
  /// - Throws: `OptionError` that names the methods that work on them.
  static func check(
    _ options: TrainOptions, _ stages: [Stage], _ training: TrainingData
  ) throws(OptionError) {
    guard case .rows(let rows, _) = training.train.content, let why = reason(stages) else {
      return
    }
    let others = catalogue.filter { reason($0.init(), training.counts) == nil }.map { $0.name }
    throw .conflict(
      "\(options.method) \(why), and the data are \(rows.kind); choose one of: "
        + others.joined(separator: ", "))
  }

  /// What a method does that only images allow; `nil` where it works on numbers.
  static func reason(_ method: any Method, _ counts: ClassCounts) -> String? {
    method.tuning?.adapter == nil
      ? reason(method.stages(for: counts)) : "stands beside the blocks of a network of images"
  }

  /// What stages do that only pixels allow.
  private static func reason(_ stages: [Stage]) -> String? {
    if stages.contains(where: { $0.views.contains(.strong) }) {
      return "looks at strongly augmented views, which only images have"
    }
    if stages.contains(where: { $0.unlabelled != nil }) {
      return "learns from augmented views of images without labels"
    }
    return stages.contains { $0.objective.needsPixels } ? "changes pixels" : nil
  }
}
