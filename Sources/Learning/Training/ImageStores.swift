import Batches
import Imaging
import Inference

/// The images of training and validation, prepared once and kept while there is room; those without labels stand
/// behind those of the training part.
struct ImageStores {
  let preset: Preset
  let train: ImageStore
  let val: ImageStore?

  init(_ data: TrainingData, _ plan: TrainingPlan) {
    preset = plan.preprocessing.transforms
    let pool = data.pool
    let total = pool.count + (data.val?.count ?? 0)
    let share = Double(pool.count) / Double(max(total, 1))
    let budget = Int(share * Double(plan.cacheBytes))
    train = pool.training(preset, budget: budget)
    val = data.val?.evaluation(preset, budget: plan.cacheBytes - budget)
  }
}
