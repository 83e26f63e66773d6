import Audit
import Batches
import Datasets
import Files
import Foundation
import Inference
import Requirements
import Runs

/// Explains the answer of a run to one image of its data.
struct Explainer {
  let audited: AuditedRun
  let isQuiet: Bool

  /// The training images behind the answer to an image.
  ///
  /// - Parameters:
  ///   - image: its path as the run's data name it, or its file.
  ///   - most: how many of each kind.
  ///   - note: told what a person should know.
  /// - Throws: `AuditError` for no such image, a last layer of another kind or no training images; what reading an image
  ///   threw.
  func explanation(of image: String, most: Int, note: (String) -> Void) throws -> Explanation {
    let (run, model) = (audited.run, audited.model)
    if let has = Predictor.influenceObstacle(model.network) {
      throw AuditError.noClosedForm(run: run.path, has: has)
    }
    let row = try row(of: image)
    let training = try audited.training()
    let example = audited.data.examples[row]
    var one = audited.data
    one.examples = [example]
    let kept = try audited.kept(unless: Predictor.influenceObstacle, note: note)
    let weights = words(kept)
    if kept.checkpoints.isEmpty {
      note(
        kept.leftOut > 0
          ? "influence: none of the \(kept.leftOut) kept epochs has a last layer that influence goes by (see the notes), so it"
            + " is that of a step on the run's last weights"
          : "influence: the run kept no weights but its last, so the influence is that of a step on them; train with"
            + " --keep-checkpoints for that over training")
    }
    let progress = PassProgress(
      "explaining", total: training.count, unit: audited.preprocessing.kind.plural,
      isQuiet: isQuiet)
    defer { progress.finish() }
    let influence = try model.predictor.influence(
      on: ExampleSet(one, classes: audited.classes), of: ExampleSet(training), by: model.network,
      checkpoints: kept.checkpoints, audited.preprocessing,
      progress: { progress.advance(to: $0) })
    let (p, names) = (influence.probabilities, audited.classes.names)
    let predicted = p.indices.max { p[$0] < p[$1] } ?? 0
    return Explanation(
      .init(
        path: example.path, given: example.label, predicted: names[predicted],
        probability: p[predicted], explained: names[influence.label],
        explainedProbability: p[influence.label], part: example.split?.rawValue),
      by: .init(
        paths: (0..<training.count).map { training.example(at: $0).path },
        given: training.labels.map { names[$0] }, influence: influence.scores,
        similarity: influence.similarities),
      selfInfluence: influence.selfInfluence, weights: weights, most: most)
  }

  private func words(_ kept: AuditedRun.Kept) -> String {
    guard !kept.epochs.isEmpty else { return "the final weights alone, at a rate of 1" }
    let epochs = kept.epochs.map(String.init).joined(separator: ", ")
    return "the kept weights of epoch\(kept.epochs.count == 1 ? "" : "s") \(epochs)"
      + (kept.hasNoRates ? ", each at a rate of 1" : ", each at its learning rate")
  }

  /// The row of an image: by its path in the data, or by its file.
  private func row(of image: String) throws(AuditError) -> Int {
    let examples = audited.data.examples
    if let row = examples.firstIndex(where: { $0.path == image }) { return row }
    let file = Self.real(image)
    if FilePath.isFile(image),
      let row = examples.firstIndex(where: { example in
        guard case .file(let path) = example.source else { return false }
        return FilePath.name(of: path) == FilePath.name(of: image) && Self.real(path) == file
      })
    {
      return row
    }
    throw .noSuchImage(
      image, run: audited.run.path, examples: examples.count,
      nearest: nearest(to: image, among: examples.map(\.path)))
  }

  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: FilePath.absolute(path)).resolvingSymlinksInPath().path
  }
}
