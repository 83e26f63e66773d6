import Networks
import Torch
package import Training

extension TrainingPlan {
  /// Refuses to keep a network as it was drawn: what does not learn must have come from somewhere.
  ///
  /// - Parameter options: what the plan was made of.
  /// - Throws: `OptionError` where a part of the network is frozen and no weights are given.
  package func checkWeights(_ options: TrainOptions) throws(OptionError) {
    guard whatLearns != .all, options.pretrained == nil, hasLayersBeforeHeads else { return }
    let weights =
      "--pretrained FILE (those of 'make weights' are called imagenet, and the model.safetensors of a run will do)"
    if let path = options.adapter {
      throw .conflict(
        "--adapter \(path): it stands beside weights that are not given, and without them the network would stay as"
          + " it was drawn; begin with those that it was made with, \(weights)")
    }
    let whose = options.tune == nil ? "--method \(options.method)" : "--tune \(whatLearns)"
    let other = options.tune == nil ? "choose another method" : "leave --tune out"
    throw .conflict(
      "\(whose): a part of the network does not learn, and without weights to begin from it would stay as it was"
        + " drawn; give some with \(weights), or \(other)")
  }

  /// Whether there is anything that could be frozen.
  private var hasLayersBeforeHeads: Bool {
    guard let architecture = try? Architectures.named(architecture) else { return true }
    return !architecture.build(
      classes: 2, inputs: architecture.input == .images ? nil : architecture.typicalShape[0],
      using: Initializer(dtype: .float32, generator: nil)
    ).featureTensors.isEmpty
  }
}
