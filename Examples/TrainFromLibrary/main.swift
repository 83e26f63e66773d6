import Batches
import Evaluation
import Imaging
import Inference
import Methods
import Optimizers
import Plans
import Randomness
import Schedules
import Torch
import Training

// Trains through the library, without files: the images are drawn when they are asked for. Two methods see
// the same long-tailed data, discs of four sizes, of which the largest is rare.

/// A grey disc on a noisy ground; the class is its radius.
func disc(class radius: Int, number: Int) -> Image {
  let side = 16
  var noise = RandomKey(seed: 0).folding(number).source
  var pixels = [UInt8]()
  for y in 0..<side {
    for x in 0..<side {
      let (dx, dy) = (x - 6 - number % 4, y - 6 - number / 4 % 4)
      let inside = dx * dx + dy * dy <= (2 + radius) * (2 + radius)
      let noise = noise.below(100)
      pixels += [UInt8](repeating: UInt8((inside ? 120 : 60) + noise), count: 3)
    }
  }
  return Image(width: side, height: side, channels: 3, pixels: pixels)
}

/// So many images of each class; `start` keeps training and test apart.
func set(counts: [Int], start: Int) -> ExampleSet {
  let labels = counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
  return ExampleSet(paths: labels.indices.map { "disc-\(start + $0)" }, labels: labels) { row, _ in
    disc(class: labels[row], number: start + row)
  }
}

func plan(_ method: any Method) -> TrainingPlan {
  TrainingPlan(
    architecture: "resnet20", method: method, epochs: 8, batchSize: 16, accumulation: 1,
    optimizer: OptimizerSettings(kind: .sgd, momentum: 0.9, nesterov: true, weightDecay: 1e-4),
    learningRate: 0.05, schedule: .planned(Warmup(fraction: 0.1, then: Cosine())), clipNorm: nil,
    averageDecay: nil, selection: .mcc, patience: nil, seed: 0,
    preprocessing: Preprocessing(
      size: ImageSize(16), preset: .crop,
      normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25])),
    workers: 2, cacheBytes: 10_000_000, device: .cpu, autocast: nil, checkpointSteps: nil,
    checkpointSeconds: .infinity, tensorBoard: false)
}

try Engine.start()
let data = try TrainingData(
  classes: ["small", "medium", "large", "huge"],
  train: set(counts: [96, 48, 24, 6], start: 0), val: nil,
  test: set(counts: [20, 20, 20, 20], start: 1000))

for method: any Method in [ERM(), try BalancedMixupTraining.with(["alpha": "0.2"])] {
  let outcome = try Trainer(plan(method), data: data, directory: nil).run()
  guard let report = outcome.reports["test"] else { continue }
  let recalls = report.perClass.map { "\($0.name) \($0.recall.map { "\($0)" } ?? "undefined")" }
  print("\(type(of: method).name): recall of \(recalls.joined(separator: ", "))")
}
