package import Networks

/// Which network is trained, by which method.
package struct NetworkOptions: Declarations {
  package init() {}

  package let model = Declaration(
    "model", default: "mobilenet_v2", help: "Network; see 'steelyard models'.", value: "name")

  package let pretrained = Declaration(
    "pretrained", default: String?.none,
    help:
      "Start from these weights (.safetensors, torchvision .pth, BiT .npz), or from"
      + " those of 'make weights': imagenet.",
    value: "file",
    isPath: true)

  package let preprocessing = Declaration(
    "preprocessing", default: PreprocessingChoice?.none,
    without: "own with weights to start from, else plain",
    help:
      "How images are scaled, and how much of them a crop keeps when they are judged: own is as the network's published"
      + " weights saw them (mostly bicubic), plain is bilinear and 7/8.", value: "own|plain")

  package let frozen = Declaration(
    "frozen", default: true,
    help:
      "After training from weights on images, judge frozen features of the weights beside the run: nearest neighbours"
      + " and logistic regression.", isFree: true)

  package let backbone = Declaration(
    "backbone", default: String?.none, without: "none",
    help:
      "Of features that 'steelyard embed' made: the weights, or the run, that they were made with; the model then takes"
      + " pictures.",
    value: "file", isPath: true)

  package let pool = Declaration(
    "pool", default: TokenPooling?.none, without: "the network's own",
    help: "Features of a transformer: its class token, or the mean of the tokens of patches.",
    value: "token|mean")

  package let head = Declaration(
    "head", default: HeadChoice?.none, without: "the method's",
    help: "Last layer: linear; cosine, in which only directions count; or mixed, the mean of both.",
    value: "linear|cosine|mixed")

  package let tune = Declaration(
    "tune", default: Tuning?.none, without: "what the method says, mostly all",
    help:
      "What learns beside the last layer: all, head (nothing), bias, blocks:N (the last), lora:R or adaptformer:R (an adapter of rank R beside frozen weights).",
    value: "what")

  package let adapter = Declaration(
    "adapter", default: String?.none,
    help: "Start from this adapter: the adapter folder of a run, or one that PEFT saved.",
    value: "folder", isPath: true)

  package let dropPath = Declaration(
    "drop-path", default: 0.0, range: .fraction,
    help: "How often the last block of the network is left out for an image; earlier ones less.",
    value: "rate")

  package let method = Declaration(
    "method", default: "balanced-mixup", help: "Method; see 'steelyard methods'.", value: "name")

  package let set = Declaration(
    "set", default: [String: String](),
    help: "A hyper-parameter of the method, as in --set alpha=0.2; repeatable.",
    value: "name=value")

  package let smoothing = Declaration(
    "smoothing", aliases: ["label-smoothing"], default: 0.0, range: .fraction,
    help: "Part of the label spread over all classes.")

  package let classMass = Declaration(
    "class-mass", default: ClassMass?.none, without: "as the method draws",
    help:
      "What part of the drawn rows is of each class, in place of the data's shares: name=share,… of every class, or a"
      + " file of names and shares; of methods that draw rows as they come.",
    value: "shares", isPath: true)

  package let buckets = Declaration(
    "buckets", default: ClassMass?.none, without: "as the method draws",
    help:
      "How many rows of each bucket of classes stand in every round of draws, in place of the data's shares:"
      + " name+name=rows,… with every class in one bucket, or a file of such names and rows; of methods that draw rows"
      + " as they come. Of several labels every batch holds whole rounds, none=rows are images without any label, and"
      + " hard=rows those that --hard-normals names.",
    value: "rows", isPath: true)

  package let hardNormals = Declaration(
    "hard-normals", default: HardNormals?.none, without: "none",
    help:
      "Of several labels: the images without any label that resemble those with one (a hand, a ruler, a device), for"
      + " the bucket hard of --buckets: column=value of the data's table, group=name, or a file of paths.",
    value: "which", isPath: true)

  package let cells = Declaration(
    "cells", default: Int?.none, without: "as the method draws", range: .optional(.atLeast(1)),
    help:
      "Where the target is a number: every joint cell of a range of it and one of so many clusters of the training rows of"
      + " features is drawn equally often an epoch, as far as --cell-cap lets it; of methods that draw rows as they come.",
    value: "clusters")

  package let cellCap = Declaration(
    "cell-cap", default: 5.0, range: .cap,
    help:
      "How often the rows of a small cell of --cells are drawn an epoch, at most and in the mean of the cell; 1 draws every row"
      + " once.",
    value: "times")

  package let classWeights = Declaration(
    "class-weights", default: ClassWeighting?.none, without: "all alike",
    help:
      "How much a row of each class counts in the loss, beside what the method says:"
      + " inverse (of the class's size),"
      + " square-root, effective-number, name=weight,… of every class, or a file of names"
      + " and weights.",
    value: "how", isPath: true)

  package let classWeightsStart = Declaration(
    "class-weights-start", default: 0.0, range: .fraction,
    help: "Part of each stage after which --class-weights hold; before, all rows count alike.",
    value: "part")
}
