import Torch

// The same words in the same order as those of peers/*.py:
//
//   bench train NETWORK FOLDER SIZE BATCH WARMUP STEPS
//   bench pipeline FOLDER SIZE BATCH WARMUP STEPS
//   bench predict NETWORK FOLDER SIZE BATCH
//   bench evaluate NETWORK FOLDER SIZE BATCH

var words = Array(CommandLine.arguments.dropFirst())
let usage = """
  usage: bench train NETWORK FOLDER SIZE BATCH WARMUP STEPS | bench pipeline FOLDER SIZE BATCH WARMUP STEPS
         | bench predict NETWORK FOLDER SIZE BATCH | bench evaluate NETWORK FOLDER SIZE BATCH
  """

guard let what = words.first, ["train", "pipeline", "predict", "evaluate"].contains(what) else {
  fail(usage)
}
words.removeFirst()
let network = what != "pipeline" && !words.isEmpty ? words.removeFirst() : ""
let isOnePass = ["predict", "evaluate"].contains(what)
guard let work = Work(words, isOnePass: isOnePass) else { fail(usage) }

Engine.tuneAllocator()
let rate =
  switch what {
  case "train": try trainingRate(network, work)
  case "pipeline": try pipelineRate(work)
  default: try judgingRate(network, work, evaluates: what == "evaluate")
  }
print(report(imagesPerSecond: rate))
