import Methods
import Plans
package import Training

extension FrozenBaseline.Head {
  /// What the method of nearest neighbours makes by itself.
  package static let neighbours = Self(
    NearestNeighbours.name, settings: "k = 20, T = 0.07", NeighbourMemory())

  /// What the method of logistic regression makes by itself.
  package static let logistic = Self(
    LogisticProbe.name, settings: "penalty by cross-validation",
    FittedHead(.logistic(LogisticRegression())))

  /// The heads of the frozen baseline, the quick one first.
  package static let all = [neighbours, logistic]
}
