import Foundation
import Torch

// The same words in the same order as those of peers/*.py:
//
//   bench train NETWORK FOLDER SIZE BATCH WARMUP STEPS
//   bench pipeline FOLDER SIZE BATCH WARMUP STEPS
//   bench predict NETWORK FOLDER SIZE BATCH
//   bench evaluate NETWORK FOLDER SIZE BATCH
//
// and, with no peer, what a device answers beside the processor: bench check DEVICE

let usage = """
  usage: bench train NETWORK FOLDER SIZE BATCH WARMUP STEPS | bench pipeline FOLDER SIZE BATCH WARMUP STEPS
         | bench predict NETWORK FOLDER SIZE BATCH | bench evaluate NETWORK FOLDER SIZE BATCH | bench check DEVICE
         [--device cpu|cuda|cuda:N|mps] [--workers COUNT] [--threads COUNT|auto]
         [--augment none|crop|resized-crop|paper] [--augment-on auto|workers|device]
  """

var words = Array(CommandLine.arguments.dropFirst())
do {
  guard let options = try Options(&words), let what = words.first else { fail(usage) }
  words.removeFirst()
  try Engine.start()
  if what == "check" {
    guard words.count == 1 else { fail(usage) }
    exit(try passesChecks(on: Device(words[0])) ? 0 : 1)
  }
  guard ["train", "pipeline", "predict", "evaluate"].contains(what) else { fail(usage) }
  let network = what != "pipeline" && !words.isEmpty ? words.removeFirst() : ""
  let isOnePass = ["predict", "evaluate"].contains(what)
  guard let work = Work(words, isOnePass: isOnePass, options) else { fail(usage) }
  let rate =
    switch what {
    case "train": try trainingRate(network, work)
    case "pipeline": try pipelineRate(work)
    default: try judgingRate(network, work, evaluates: what == "evaluate")
    }
  print(report(imagesPerSecond: rate, work))
} catch let error as TorchError {
  fail("bench: \(error)")
}
