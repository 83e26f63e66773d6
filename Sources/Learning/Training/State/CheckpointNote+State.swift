import Evaluation
import Optimizers
import Runs

extension CheckpointNote {
  init(_ state: TrainingState, _ plan: TrainingPlan) {
    self.init(
      epochs: state.epoch, step: state.step, updates: state.updates, bestEpoch: state.bestEpoch,
      metric: plan.selection.rawValue, best: state.best, optimizer: plan.optimizer.kind.rawValue,
      learningRate: plan.learningRate, seed: plan.seed)
  }
}
