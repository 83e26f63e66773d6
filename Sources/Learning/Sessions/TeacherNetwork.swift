import Networks
import Optimizers
import OrderedCollections
import Plans
import Requirements
import Torch

/// The second network of a stage, and how it follows the one that learns.
struct TeacherNetwork {
  /// The network, whose tensors are the averages.
  let network: Network
  /// Whether it is validated and becomes the model.
  let isModel: Bool
  private(set) var average: WeightAverage

  /// A teacher that begins as a copy.
  ///
  /// - Parameters:
  ///   - settings: how it follows.
  ///   - network: an untrained network of the same form, of tensors of its own.
  ///   - student: whom it follows.
  ///   - followed: the names that change in training.
  init(_ settings: Teacher, _ network: Network, following student: Network, _ followed: [String]) {
    (self.network, isModel) = (network, settings.isModel)
    let (own, others) = (network.stateDict, student.stateDict)
    withoutGradients {
      for (name, tensor) in own {
        guard let other = others[name], other.shape == tensor.shape else {
          requirementFailed(
            "Teacher: expected a network with the tensors of the student, without '\(name)'")
        }
        tensor.requiringGrad(false)
        tensor.copy(from: other)
      }
    }
    let tensors = followed.map { name in
      guard let tensor = own[name] else {
        requirementFailed("Teacher: expected a network with '\(name)', as the student has")
      }
      return tensor
    }
    average = WeightAverage(
      in: ParameterList(names: followed, tensors: tensors), decay: settings.decay,
      warmup: settings.warmup)
  }

  /// Follows the student one update.
  mutating func update(from list: ParameterList) { average.update(from: list) }

  /// Takes up a saved state.
  mutating func resume(_ saved: [String: Tensor], updates: Int) throws {
    try average.load(saved, updates: updates)
  }
}
