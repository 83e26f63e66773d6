import Torch

// The same words in the same order as peers/train.py and peers/pipeline.py:
//
//   bench train NETWORK FOLDER SIZE BATCH WARMUP STEPS
//   bench pipeline FOLDER SIZE BATCH WARMUP STEPS

var words = Array(CommandLine.arguments.dropFirst())
let usage = "usage: bench train NETWORK FOLDER SIZE BATCH WARMUP STEPS | bench pipeline FOLDER …"

guard let what = words.first, ["train", "pipeline"].contains(what) else { fail(usage) }
words.removeFirst()
let network = what == "train" && !words.isEmpty ? words.removeFirst() : ""
guard let work = Work(words) else { fail(usage) }

Engine.tuneAllocator()
let rate = try what == "train" ? trainingRate(network, work) : pipelineRate(work)
print(report(imagesPerSecond: rate))
