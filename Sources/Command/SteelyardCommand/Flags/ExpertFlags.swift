import ArgumentParser
import Batches
import Console
import Inference
import Networks

/// Whether the experts of a network of several are weighed for the images at hand.
struct ExpertFlags: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Weigh the experts of a model of several (method sade) for these images by how well two views of each"
        + " agree; labels are not looked at, and the model's file stays as it is."))
  var adaptExperts = false

  @Option(
    help: ArgumentHelp(
      "Seed of the views that the experts are weighed by (default: 0).", valueName: "number"))
  var adaptSeed: UInt64?

  func validate() throws {
    guard adaptSeed == nil || adaptExperts else {
      throw ValidationError("--adapt-seed: it is the seed of --adapt-experts, which is not given.")
    }
  }

  /// Weighs the experts where that is asked for, and says how; from then on the model answers with these
  /// weights.
  ///
  /// - Parameters:
  ///   - model: the model, in memory.
  ///   - images: what it is about to be run on.
  ///   - report: whether progress and weights are said.
  ///   - skipping: whether images that cannot be read are passed over.
  /// - Throws: `AdaptationError` where there is nothing to weigh.
  func weigh(
    _ model: inout TrainedModel, for images: ExampleSet, _ report: ReportFlags, skipping: Bool
  ) throws -> AdaptedExperts? {
    guard adaptExperts else { return nil }
    let progress = PassProgress("weighing experts", total: 5 * images.count, isQuiet: report.quiet)
    defer { progress.finish() }
    let adapted = try model.predictor.adaptedExperts(
      for: images, of: model.network, model.description.preprocessing,
      method: model.description.method, seed: adaptSeed ?? 0, skipping: skipping,
      progress: { progress.advance(to: $0) })
    model.network = model.network.with(
      heads: model.network.heads, readout: .weighted(adapted.weights))
    progress.finish()
    report.note(Self.text(adapted))
    return adapted
  }

  /// The weights in words.
  static func text(_ adapted: AdaptedExperts) -> String {
    let weights = adapted.weights.enumerated()
      .map { "expert \($0 + 1) \(Format.decimal($1))" }.joined(separator: ", ")
    let passes = adapted.epochs == 1 ? "1 pass" : "\(adapted.epochs) passes"
    return
      "experts weighed for these \(Format.count(adapted.images)) images without their labels: \(weights)"
      + " (\(passes), seed \(adapted.seed); agreement of two views"
      + " \(Format.decimal(adapted.firstAgreement)), then \(Format.decimal(adapted.lastAgreement)))"
  }
}
