import Inference
import Plans
import Runs
import Sampling

extension RunDirectory {
  /// That the run's model answers for other class frequencies than those that it learned from, by its loss, its weights of
  /// classes or a shift of its logits; `nil` where it does not, or the run does not say what it was made with.
  func otherShares() -> String? {
    guard let options = try? options().values, let method = try? options.chosenMethod(),
      let description = try? ModelFile.describe(model), !description.isOfLabels,
      let counts = try? ClassCounts(description.trainingCounts)
    else { return nil }
    let (classes, stages) = (description.classes, method.stages(for: counts))
    let weights = options.classWeights.flatMap { try? RunClassWeights($0, classes, counts).values }
    guard let weights else { return CorrectionText.otherShares(stages, classes, counts) }
    let weighted = stages.compactMap { $0.weighted(by: weights, from: options.classWeightsStart) }
    return CorrectionText.otherShares(weighted, classes, counts)
  }
}
