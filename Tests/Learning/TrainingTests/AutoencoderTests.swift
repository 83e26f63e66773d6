import Batches
import Evaluation
import Imaging
import Inference
import Methods
import Networks
import Optimizers
import Randomness
import Runs
import TestSupport
import Testing
import Torch
import Training

/// An autoencoder from images to probabilities.
@Suite struct AutoencoderTests {
  /// Normal images are one soft stripe at a place of its own; the others are noise, or chequered.
  private static func images(_ counts: [Int], seed: UInt64) -> ExampleSet {
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let key = RandomKey(seed: seed)
    return ExampleSet(
      paths: labels.indices.map { "set\(seed)/\($0).png" }, labels: labels.map { $0 },
      groups: []
    ) { row, _ in
      var source = key.folding(row).source
      let place = 4 + source.below(8)
      let pixels = (0..<256 * 3).map { p -> UInt8 in
        let (y, x) = (p / 3 / 16, p / 3 % 16)
        switch labels[row] {
        case 0: return UInt8(max(0, 220 - 30 * abs(y - place)))
        case 1: return UInt8(source.below(256))
        default: return (x + y) % 2 == 0 ? 230 : 20
        }
      }
      return Image(width: 16, height: 16, channels: 3, pixels: pixels)
    }
  }

  private func tiny(_ counts: [Int], folder: String) throws -> TinyRun {
    var method = SSIMAutoencoder()
    method.side = 16
    var tiny = try TinyRun(method, epochs: 12, folder: folder)
    tiny.data = try TrainingData(
      classes: counts.indices.map { "class\($0)" }, train: Self.images(counts, seed: 1),
      val: Self.images(counts.map { _ in 6 }, seed: 2),
      test: Self.images(counts.map { _ in 12 }, seed: 3))
    tiny.plan.preprocessing = Preprocessing(
      size: ImageSize(16), preset: .none,
      normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]))
    tiny.plan.optimizer.kind = .adamw
    tiny.plan.learningRate = 0.003
    tiny.plan.batchSize = 8
    return tiny
  }

  /// What it has not learned to give back is told from what it has, and the model that is read again says the same.
  @Test func strangeImagesAreFound() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny([48, 5], folder: folder)
      let directory = try tiny.directory("run")
      let outcome = try tiny.trainer(in: directory).run()
      let report = try #require(outcome.reports["test"])
      #expect(report.values["balanced_accuracy"] ?? 0 > 0.85, "\(report.values)")
      // Epochs have no validation to be chosen by.
      #expect(outcome.bestEpoch == 12)
      #expect(outcome.history.allSatisfy { $0.validation.isEmpty })
      #expect(outcome.history[11].trainLoss < outcome.history[0].trainLoss * 0.8)
      // No image of another class was drawn.
      #expect(outcome.history.allSatisfy { $0.drawn[1].examples == 0 && $0.drawn[0].mass == 1 })

      let written = try Predictions.read(directory.predictions("test"))
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(network.givesImages)
      let set = try #require(tiny.data.test)
      let predictor = Predictor(batchSize: 5, workers: 1, autocast: nil, device: .cpu)
      let (again, outputs) = try predictor.predictionsAndOutputs(
        on: set, by: network, classes: description.classes, description.preprocessing)
      #expect(difference(again.probabilities, written.probabilities, absolute: 1e-5) == nil)
      #expect(outputs.features.shape == [24, 64] && outputs.logits.shape == [24, 1, 0])
    }
  }

  /// Of three classes the two others share what is left, three to one as in training.
  @Test func severalOthers() throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny([40, 6, 2], folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let test = try Predictions.read(directory.predictions("test"))
      for row in 0..<36 {
        let p = test.probabilities[row * 3..<row * 3 + 3].map { $0 }
        #expect(close(p[1], 3 * p[2], relative: 1e-3, absolute: 1e-6))
      }
      let strange = (0..<36).map { test.probabilities[$0 * 3] < 0.5 }
      #expect(strange.prefix(12).count { $0 } < 3 && strange.suffix(24).count { $0 } > 20)
    }
  }
}
