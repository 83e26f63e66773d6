import Networks
import OrderedCollections
import Requirements
import Torch

extension Session {
  /// Takes the mean weights of sessions that were trained apart, w ← Σ_k n_k w_k / Σ_k n_k; running statistics
  /// too. Optimiser and memory stay, as a new round begins with ``enter(_:for:)``.
  ///
  /// Source: McMahan et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data",
  /// AISTATS 2017 (federated averaging). Whole numbers, such as the count of batches, become the largest.
  ///
  /// - Parameter sessions: at least one, of networks of this form, each with its weight n_k, above 0: as a rule
  ///   its number of training rows. This session may be among them.
  /// - Precondition: equal names and shapes.
  public func takeMean(of sessions: [(session: Session, weight: Double)]) {
    let total = sessions.map(\.weight).reduce(0, +)
    require(
      !sessions.isEmpty && sessions.allSatisfy { $0.weight > 0 } && total.isFinite,
      "Session.takeMean: expected weights above 0, got \(sessions.map(\.weight))")
    let parts = sessions.map { ($0.session.network.stateDict, $0.weight / total) }
    withoutGradients {
      for (name, own) in network.stateDict {
        let theirs = parts.map { tensors, weight -> (Tensor, Double) in
          guard let tensor = tensors[name], tensor.shape == own.shape else {
            requirementFailed(
              "Session.takeMean: expected '\(name)' of shape \(own.shape) in each network")
          }
          return (tensor, weight)
        }
        if own.dtype == .int64 {
          own.copy(from: theirs.dropFirst().reduce(theirs[0].0) { $0.maximum($1.0) }.cloned())
        } else {
          let sum = theirs.dropFirst().reduce(theirs[0].0.to(.float64) * theirs[0].1) {
            $0 + $1.0.to(.float64) * $1.1
          }
          own.copy(from: sum)
        }
      }
    }
  }
}
