import Batches
import Foundation
import Losses
import Methods
import Plans
import Sampling
import Torch

/// How far a loss lowers the logit of the right class, read from what a row loses: ln(e^ℓ − 1) is what all others
/// are ahead by, 0 of two equal logits without a margin.
enum MethodMargins {
  /// The margin of each class, `[C]`, each times the scale that logits have.
  static func of(
    _ name: String, _ settings: [String: String], _ classes: ClassCounts
  ) throws -> [Double] {
    let stage = try method(named: name).with(settings).stages(for: classes)[0]
    let labels = Array(0..<classes.count)
    // All logits 0: ℓ = ln(1 + (C − 1) e^m).
    let inputs = Tensor(
      [Double](repeating: 0, count: labels.count * labels.count),
      shape: [labels.count, labels.count])
    var memory = stage.objective.memory(for: classes)
    let rows = stage.objective.terms(
      [Batch(inputs: inputs, target: Target(labels), examples: labels)],
      through: LinearPass(classes: classes.count), at: Moment(), remembering: &memory
    ).terms[0].rows.values.scalars(as: Double.self)
    return rows.map { log((exp($0) - 1) / Double(labels.count - 1)) }
  }
}
