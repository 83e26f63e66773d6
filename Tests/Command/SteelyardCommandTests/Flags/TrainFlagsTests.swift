import SteelyardCommand
import Testing

@Suite struct TrainFlagsTests {
  /// One spelling of every flag, with a value other than the default.
  static let spellings: [(arguments: [String], option: String, yaml: String)] = [
    (["pics"], "data-dir", "pics"), (["--data-dir", "pics"], "data-dir", "pics"),
    (["--unlabelled", "more"], "unlabelled", "more"),
    (["--image-root", "pics"], "image-root", "pics"), (["--page", "2"], "page", "2"),
    (["--bands", "4,3,2"], "bands", "4,3,2"), (["--intensity=-5,9"], "intensity", "-5,9"),
    (["--alpha-background", "white"], "alpha-background", "white"),
    (["--near-duplicates", "group"], "near-duplicates", "group"),
    (["--path-column", "p"], "path-column", "p"), (["--label-column", "l"], "label-column", "l"),
    (["--label-columns", "a,b"], "label-columns", "[a, b]"),
    (["--categorical-columns", "a,b"], "categorical-columns", "[a, b]"),
    (["--category-least", "2"], "category-least", "2"),
    (["--text-columns", "a,b"], "text-columns", "[a, b]"),
    (["--text-table", "t.csv"], "text-table", "t.csv"),
    (["--text-size", "8"], "text-size", "8"), (["--text-slots", "512"], "text-slots", "512"),
    (["--lexicon", "a.csv", "--lexicon", "b.csv"], "lexicon", "[a.csv, b.csv]"),
    (["--task", "labels"], "task", "labels"), (["--unknown", "ones"], "unknown", "ones"),
    (["--study-column", "v"], "study-column", "v"),
    (["--study-join", "auto"], "study-join", "auto"),
    (["--group-column", "g"], "group-column", "g"), (["--split-column", "s"], "split-column", "s"),
    (["--labels", "l.csv"], "labels", "l.csv"),
    (["--strict-columns"], "strict-columns", "true"), (["--rehash"], "rehash", "true"),
    (["--split-file", "s.csv"], "split-file", "s.csv"),
    (["--corrections", "c.csv"], "corrections", "c.csv"),
    (["--split", "80,10,10"], "split", "0.8,0.1,0.1"),
    (["--input", "series"], "input", "series"),
    (["--series-scale", "each"], "series-scale", "each"),
    (["--drop-class", "a", "--drop-class", "b"], "drop-class", "[a, b]"),
    (["--class-names", "n.csv"], "class-names", "n.csv"),
    (["--order", "low,high"], "order", "[low, high]"),
    (["--strata-clusters", "4"], "strata-clusters", "4"),
    (["--long-tail", "100"], "long-tail", "100"),
    (["--long-tail-shape", "step"], "long-tail-shape", "step"),
    (["--on-bad-image", "skip"], "on-bad-image", "skip"),
    (["--allow-leakage"], "allow-leakage", "true"), (["--cache-memory", "0"], "cache-memory", "0"),
    (["--cache", "disk"], "cache", "disk"),
    (["--img-size", "64"], "img-size", "64"), (["--augment", "none"], "augment", "none"),
    (["--augment-on", "device"], "augment-on", "device"),
    (["-b", "8"], "batch-size", "8"), (["--batch-size", "8"], "batch-size", "8"),
    (["-j", "3"], "workers", "3"), (["--workers", "4"], "workers", "4"),
    (["--model", "resnet20"], "model", "resnet20"),
    (["--pretrained", "w.pth"], "pretrained", "w.pth"),
    (["--preprocessing", "plain"], "preprocessing", "plain"),
    (["--no-frozen"], "frozen", "false"), (["--backbone", "w.pth"], "backbone", "w.pth"),
    (["--pool", "mean"], "pool", "mean"), (["--head", "cosine"], "head", "cosine"),
    (["--tune", "lora:8:16"], "tune", "\"lora:8:16\""), (["--adapter", "a"], "adapter", "a"),
    (["--drop-path", "0.1"], "drop-path", "0.1"),
    (["--layer-decay", "0.75"], "layer-decay", "0.75"),
    (["--method", "erm"], "method", "erm"), (["--set", "alpha=0.2"], "set", "{alpha: 0.2}"),
    (["--smoothing", "0.1"], "smoothing", "0.1"),
    (["--label-smoothing", "0.1"], "smoothing", "0.1"),
    (["--class-mass", "a=1,b=2.5"], "class-mass", "{a: 1, b: 2.5}"),
    (["--buckets", "a=4,b+c=2"], "buckets", "{a: 4, b+c: 2}"),
    (["--hard-normals", "hand=yes"], "hard-normals", "\"hand=yes\""),
    (["--hard-normals", "hands.txt"], "hard-normals", "hands.txt"),
    (["--cells", "4"], "cells", "4"), (["--cell-cap", "3"], "cell-cap", "3"),
    (["--class-weights", "inverse"], "class-weights", "inverse"),
    (["--class-weights", "a=1,b=2.5"], "class-weights", "{a: 1, b: 2.5}"),
    (["--class-weights-start", "0.8"], "class-weights-start", "0.8"),
    (["--opt", "adamw"], "opt", "adamw"), (["--lr", "0.5"], "lr", "0.5"),
    (["--momentum", "0.5"], "momentum", "0.5"), (["--no-nesterov"], "nesterov", "false"),
    (["--weight-decay", "0"], "weight-decay", "0"), (["--sam", "0.05"], "sam", "0.05"),
    (["--clip-grad", "1"], "clip-grad", "1"),
    (["--grad-accum-steps", "2"], "grad-accum-steps", "2"), (["--model-ema"], "model-ema", "true"),
    (["--model-ema-decay", "0.9"], "model-ema-decay", "0.9"), (["--epochs", "2"], "epochs", "2"),
    (["--protocol", "hyper-kvasir"], "protocol", "hyper-kvasir"),
    (["--sched", "plateau"], "sched", "plateau"), (["--warmup-epochs", "2"], "warmup-epochs", "2"),
    (["--min-lr", "0.001"], "min-lr", "0.001"), (["--decay-epochs", "5"], "decay-epochs", "5"),
    (["--decay-rate", "0.5"], "decay-rate", "0.5"),
    (["--patience-epochs", "1"], "patience-epochs", "1"),
    (["--eval-metric", "loss"], "eval-metric", "loss"),
    (["--early-stopping", "3"], "early-stopping", "3"),
    (["--device", "cpu"], "device", "cpu"), (["--threads", "1"], "threads", "1"),
    (["--amp", "off"], "amp", "off"), (["--seed", "3"], "seed", "3"),
    (["--output-dir", "o"], "output-dir", "o"), (["--output", "o"], "output-dir", "o"),
    (["--experiment", "e"], "experiment", "e"), (["--log-interval", "1"], "log-interval", "1"),
    (["--checkpoint-interval", "2"], "checkpoint-interval", "2"),
    (["--no-tensorboard"], "tensorboard", "false"),
    (["--keep-checkpoints", "3"], "keep-checkpoints", "3"),
    (["--record", "examples"], "record", "examples"),
    (["--record", "collapse"], "record", "collapse"),
    (["--record", "all"], "record", "all"),
    (["--record-every", "5"], "record-every", "5"),
  ]

  @Test(arguments: spellings.indices) func setsItsOptionAndNoOther(_ index: Int) throws {
    let (arguments, option, yaml) = Self.spellings[index]
    // A protocol sets others by intention: ProtocolTests.
    guard option != "protocol" else {
      #expect(try TrainCommand.options(from: arguments).values.protocol?.rawValue == yaml)
      return
    }
    let resolved = try TrainCommand.options(from: arguments)
    for field in OptionTable.fields {
      let value = field.yaml(resolved.values)
      #expect(value == (field.name == option ? yaml : field.yaml(.standard)), "\(field.name)")
    }
    #expect(Set(resolved.origins.keys.map { $0.split(separator: ".")[0] }) == [option[...]])
  }

  @Test func everyOptionHasAFlag() {
    #expect(Set(Self.spellings.map(\.option)) == Set(OptionTable.fields.map(\.name)))
  }
}
