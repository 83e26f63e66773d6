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

  package let method = Declaration(
    "method", default: "balanced-mixup", help: "Method; see 'steelyard methods'.", value: "name")

  package let set = Declaration(
    "set", default: [String: String](),
    help: "A hyper-parameter of the method, as in --set alpha=0.2; repeatable.",
    value: "name=value")

  package let smoothing = Declaration(
    "smoothing", aliases: ["label-smoothing"], default: 0.0, range: .fraction,
    help: "Part of the label spread over all classes.")

  package let classWeights = Declaration(
    "class-weights", default: ClassWeighting?.none, without: "all alike",
    help:
      "How much a row of each class counts in the loss, beside what the method says:"
      + " inverse (of the class's size),"
      + " square-root, effective-number, name=weight,… of every class, or a file of names"
      + " and weights.",
    value: "how", isPath: true)
}
