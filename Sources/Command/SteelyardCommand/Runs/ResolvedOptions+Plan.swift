import Imaging
import Inference
import Plans
import Torch
package import Training

extension ResolvedOptions {
  /// The same with everything that was left open as the plan has it: device, precision, threads, image
  /// size, hyper-parameters. These repeat the run on another machine and with another version.
  package func settled(by plan: TrainingPlan) -> ResolvedOptions {
    var result = self
    result.values.device = plan.device.description
    result.values.amp = plan.autocast == nil ? .off : .on
    result.values.threads = .count(Engine.threads)  // the last bit of a sum depends on it
    if let images = plan.preprocessing.images {
      result.values.imgSize = images.size.width
      result.values.preprocessing = values.chosenPreprocessing
    }
    for (name, value) in plan.method.hyperparameters
    where !(name == "smoothing" && values.smoothing > 0) {
      result.values.set[name] = value.description
    }
    return result.saying(whatWas: self)
  }

  /// The same with the scale that the training part gave, so that the run is repeated with it.
  func settled(by reading: PixelReading) -> ResolvedOptions {
    guard let scale = reading.scale else { return self }
    var result = self
    result.values.intensity = scale
    return result.saying(whatWas: self)
  }

  /// The same with weights of classes that need no file.
  func settled(by weights: RunClassWeights) -> ResolvedOptions {
    var result = self
    result.values.classWeights = weights.option
    return result.saying(whatWas: self)
  }

  /// The same with shares of classes that need no file.
  func settled(by mass: RunClassMass) -> ResolvedOptions {
    var result = self
    result.values.classMass = mass.option
    return result.saying(whatWas: self)
  }

  /// The same with buckets of classes that need no file.
  func settled(by buckets: RunBuckets) -> ResolvedOptions {
    var result = self
    result.values.buckets = buckets.option
    return result.saying(whatWas: self)
  }

  /// The same with buckets of labels that need no file.
  func settled(by buckets: RunLabelBuckets) -> ResolvedOptions {
    var result = self
    result.values.buckets = buckets.option
    return result.saying(whatWas: self)
  }

  /// The same with the origin of every option that differs now.
  func saying(whatWas before: ResolvedOptions) -> ResolvedOptions {
    var result = self
    for field in OptionTable.fields where field.parts(before.values) == nil {
      let asked = field.yaml(before.values)
      if field.yaml(values) != asked {
        result.origins[field.name] = .settled(asked: asked, before.origin(of: field.name))
      }
    }
    return result
  }
}
