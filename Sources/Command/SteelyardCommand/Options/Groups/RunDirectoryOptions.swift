/// The run directory and what goes into it.
package struct RunDirectoryOptions: Declarations {
  package init() {}

  package let outputDir = Declaration(
    "output-dir", aliases: ["output"], default: "runs", help: "Folder of the run directories.",
    value: "folder")

  package let experiment = Declaration(
    "experiment", default: String?.none, without: "time, method, network",
    range: .optional(.folderName),
    help: "Name of the run directory.", value: "name")

  package let logInterval = Declaration(
    "log-interval", default: 10.0, range: .positive,
    help: "Time between log lines when there is no terminal.", value: "seconds", isFree: true)

  package let checkpointInterval = Declaration(
    "checkpoint-interval", default: Int?.none, without: "every few minutes",
    range: .optional(.atLeast(1)), help: "Save after so many steps within an epoch too.",
    value: "steps")

  package let keepCheckpoints = Declaration(
    "keep-checkpoints", default: 0, range: .atLeast(0),
    help: "Keep the weights of the last so many epochs, beside the best and the last.",
    value: "epochs", isFree: true)

  package let record = Declaration(
    "record", default: RecordChoice?.none, without: "nothing",
    help:
      "Write more of training. examples: what single examples do, step by step, to examples.csv; of unlabelled images,"
      + " and while no last layer learns, nothing. collapse: how far the features of training images have collapsed"
      + " after each epoch, to collapse.csv, which takes a pass over them. all: both.",
    value: "examples|collapse|all")

  package let recordEvery = Declaration(
    "record-every", default: 1, range: .atLeast(1),
    help: "Steps from one record of the examples to the next.", value: "steps")

  package let tensorboard = Declaration(
    "tensorboard", default: true, help: "Write TensorBoard event files.")
}
