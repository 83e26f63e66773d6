import Batches
import Inference

/// The inputs of training and validation; of images what was prepared is kept while there is room. Examples without
/// labels stand behind those of the training part.
struct TrainingSources {
  let train: any InputSource
  let val: (any InputSource)?
  /// Where training images are augmented.
  let place: AugmentationPlace

  init(_ data: TrainingData, _ plan: TrainingPlan) {
    let pool = data.pool
    let total = pool.count + (data.val?.count ?? 0)
    let share = Double(pool.count) / Double(max(total, 1))
    let budget = Int(share * Double(plan.cacheBytes))
    place = AugmentationPlace(plan.augmentation, on: plan.device)
    train = pool.source(
      for: .training, plan.preprocessing, workers: plan.workers, budget: budget,
      kept: data.kept?.train, place: place)
    val = data.val?.source(
      for: .evaluation, plan.preprocessing, workers: plan.workers,
      budget: plan.cacheBytes - budget, kept: data.kept?.val)
  }
}
