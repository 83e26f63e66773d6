import Batches
import Imaging
import Inference

/// The images of training and validation, prepared once and kept while there is room.
struct ImageStores {
  let preset: Preset
  let train: ImageStore
  let val: ImageStore?

  init(_ data: TrainingData, _ plan: TrainingPlan) {
    preset = plan.preprocessing.transforms
    let total = data.train.count + (data.val?.count ?? 0)
    let share = Double(data.train.count) / Double(max(total, 1))
    let budget = Int(share * Double(plan.cacheBytes))
    train = data.train.training(preset, budget: budget)
    val = data.val?.evaluation(preset, budget: plan.cacheBytes - budget)
  }
}
