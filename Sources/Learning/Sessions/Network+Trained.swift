import Networks
import Plans
import Requirements
import Torch

extension Network {
  /// Lets a part learn and freezes the rest, in place.
  ///
  /// - Parameters:
  ///   - part: what the stage trains.
  ///   - tuning: what of trunk and branches may learn in any stage of the run.
  /// - Precondition: the part has a parameter, but for nothing.
  func train(_ part: Stage.Trained, _ tuning: Tuning) {
    unfreeze()
    switch part {
    case .everything: tune(tuning)
    case .nothing:
      freezeBackbone()
      freeze(headNames)
    case .heads: freezeBackbone()
    case .router:
      freezeBackbone()
      freeze(headNames)
      let own = Set(routerNames)
      require(!own.isEmpty, "Stage.trains: expected a network with a router, got \(form)")
      for (name, tensor) in parameters where own.contains(name) { tensor.requiringGrad() }
    case .ofHeads(let last):
      freezeBackbone()
      let learned = headNames.filter { name in last.contains { name.hasSuffix("." + $0) } }
      require(
        !learned.isEmpty, "Stage.trains: expected one of \(headNames), got \(last)")
      freeze(headNames.filter { !learned.contains($0) })
    }
  }
}
