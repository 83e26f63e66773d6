public import Plans

/// Every method, one line each. The command line, the documentation and the tests read this list.
public let catalogue: [any Method.Type] = [
  ERM.self,
  ClassBalanced.self,
  SquareRoot.self,
  Progressive.self,
  MixupTraining.self,
  BalancedMixupTraining.self,
  BalancedSoftmax.self,
  LDAMDRW.self,
  SeesawTraining.self,
  ClassifierRetraining.self,
  LearnableWeightScaling.self,
  TauNorm.self,
  NearestMean.self,
  BilateralBranch.self,
  SADE.self,
  PGDTraining.self,
  SRAT.self,
  SupConTraining.self,
  SBCL.self,
  FixMatch.self,
  MeanTeacher.self,
  ClassBalancedLoss.self,
  DeferredReweighting.self,
  DeferredResampling.self,
  SigmoidBCE.self,
  CORN.self,
  SquaredErrorTraining.self,
  SSIMAutoencoder.self,
  CutMixTraining.self,
  RemixTraining.self,
  MAMixTraining.self,
  UniMixTraining.self,
  ContextRichOversampling.self,
  ManifoldMixupTraining.self,
  MiSLAS.self,
  DisAlign.self,
  WeightBalancing.self,
  GLMC.self,
  ConfusionMixupTraining.self,
  FeatureSMOTETraining.self,
]

/// The method of that name.
///
/// - Parameter name: such as `"balanced-mixup"`.
/// - Throws: `CatalogueError` if the catalogue has no such name.
public func method(named name: String) throws(CatalogueError) -> any Method.Type {
  guard let found = catalogue.first(where: { $0.name == name }) else { throw .unknown(name) }
  return found
}
